namespace Mempulse.Architecture.Tests.Sources;

/// <summary>The sources follow the rules of this repository.</summary>
public sealed class SourceRuleTests
{
    [Fact]
    public void No_file_is_over_the_limit() => Findings.None(SourceRules.TooLong(SourceFile.All));

    [Fact]
    public void The_median_file_is_short() => Assert.InRange(SourceRules.MedianLines(SourceFile.All), 1, SourceRules.MaxMedianLines);

    [Fact]
    public void No_file_contains_forbidden_text() => Findings.None(SourceRules.Forbidden(SourceFile.All));

    [Fact]
    public void No_test_sleeps_or_is_skipped() => Findings.None(SourceRules.ForbiddenInTests(SourceFile.All));

    [Fact]
    public void Every_engine_is_made_by_the_composition() => Findings.None(SourceRules.EnginesOutsideTheComposition(SourceFile.All));

    [Fact]
    public void Every_suppression_has_its_reason() => Findings.None(SourceRules.UnreasonedSuppressions(SourceFile.All));

    [Fact]
    public void Suppressions_stay_within_their_budget() =>
        Assert.InRange(SourceRules.SuppressionsPerThousandLines([.. SourceFile.All.Where(file => file.IsProduction)]), 0, SourceRules.MaxSuppressionsPerThousandLines);

    [Fact]
    public void Suppressions_are_not_hidden_in_project_files() =>
        Assert.DoesNotContain(Repository.Files(".csproj"), path => Repository.Read(path).Contains("NoWarn", StringComparison.Ordinal));

    [Fact]
    public void The_sources_are_found() => Assert.Contains(SourceFile.All, file => file.Path == "src/Mempulse.Primitives/Hash256.cs");

    [Fact]
    public void Canary_a_long_file_is_caught()
    {
        Assert.Single(SourceRules.TooLong([SourceFile.Of("src/A.cs", new string('\n', SourceRules.MaxLines) + "x")]));
        Assert.Empty(SourceRules.TooLong([SourceFile.Of("src/A.cs", new string('\n', SourceRules.MaxLines - 1) + "x")]));
    }

    [Fact]
    public void Canary_a_long_median_is_caught() =>
        Assert.Equal(3, SourceRules.MedianLines([SourceFile.Of("src/A.cs", "1"), SourceFile.Of("src/B.cs", "1\n2\n3"), SourceFile.Of("src/C.cs", "1\n2\n3\n4"), SourceFile.Of("tests/D.cs", "1")]));

    [Theory]
    [InlineData("src/Mempulse.Grains/A.cs")]
    [InlineData("src/Mempulse.Folding/B.cs")]
    [InlineData("tests/Mempulse.Cli.Tests/A.cs")]
    [InlineData("bench/Mempulse.Benchmarks/A.cs")]
    public void Canary_an_engine_made_elsewhere_is_caught(string path)
    {
        Assert.Single(SourceRules.EnginesOutsideTheComposition([SourceFile.Of(path, "var engine = ReplayEngine.Cre" + "ate(chain);")]));
        Assert.Single(SourceRules.EnginesOutsideTheComposition([SourceFile.Of(path, "return ReplayEngine.Rest" + "ore(chain, bytes);")]));
        Assert.Empty(SourceRules.EnginesOutsideTheComposition([SourceFile.Of("tests/Mempulse.Replay.Tests/A.cs", "var engine = ReplayEngine.Cre" + "ate(chain);")]));
    }

    [Theory]
    [InlineData("// TO" + "DO: later")]
    [InlineData("throw new Exc" + "eption(\"no\");")]
    [InlineData("return new System.Application" + "Exception(\"no\");")]
    [InlineData("=> throw new NotImplemented" + "Exception();")]
    [InlineData("private async vo" + "id Run()")]
    [InlineData("    #reg" + "ion Private")]
    [InlineData("var now = DateTime.UtcNo" + "w;")]
    [InlineData("var now = DateTimeOffset.No" + "w;")]
    [InlineData("cat" + "ch { }")]
    [InlineData("    // return old;")]
    public void Canary_forbidden_text_is_caught(string line) => Assert.Single(SourceRules.Forbidden([SourceFile.Of("src/A.cs", line)]));

    [Theory]
    [InlineData("await Task.De" + "lay(10);")]
    [InlineData("Thread.Sle" + "ep(10);")]
    [InlineData("[Fact(Skip = \"later\")]")]
    [InlineData("Assert.Sk" + "ip(\"no anvil\");")]
    public void Canary_a_test_that_sleeps_or_skips_is_caught(string line)
    {
        Assert.Single(SourceRules.ForbiddenInTests([SourceFile.Of("tests/X/A.cs", line)]));
        Assert.Empty(SourceRules.ForbiddenInTests([SourceFile.Of("src/X/A.cs", line)]));
    }

    [Fact]
    public void Waiting_for_a_cancellation_is_not_a_sleep() =>
        Assert.Empty(SourceRules.ForbiddenInTests([SourceFile.Of("tests/X/A.cs", "await Task.De" + "lay(Timeout.Infinite, token);")]));

    [Fact]
    public void Canary_a_suppression_without_reason_is_caught_and_counted()
    {
        SourceFile[] files =
        [
            SourceFile.Of("src/A.cs", "#pragma warning dis" + "able CA1000"),
            SourceFile.Of("src/B.cs", "#pragma warning dis" + "able CA1000 // the interface asks for it"),
            SourceFile.Of("src/C.cs", "[Suppress" + "Message(\"a\", \"b\", Justification = \"the interface asks for it\")]"),
        ];

        Assert.Single(SourceRules.UnreasonedSuppressions(files));
        Assert.Equal(1000, SourceRules.SuppressionsPerThousandLines(files));
    }
}
