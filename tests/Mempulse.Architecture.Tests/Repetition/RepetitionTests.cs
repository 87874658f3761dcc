using Mempulse.Architecture.Tests.Sources;

namespace Mempulse.Architecture.Tests.Repetition;

/// <summary>Code that two projects need is written once, in a project below both.</summary>
public sealed class RepetitionTests
{
    [Fact]
    public void No_two_projects_share_a_run_of_lines() => Findings.None(Repetitions.Between(SourceFile.All.Where(file => file.IsProduction)));

    [Fact]
    public void Canary_a_run_shared_by_two_projects_is_caught_despite_lines_that_do_not_count()
    {
        var one = SourceFile.Of("src/One/A.cs", "using System;\n" + Code(Repetitions.MaxLines + 1, "\n"));
        var two = SourceFile.Of("src/Two/B.cs", "namespace Two;\n" + Code(Repetitions.MaxLines + 1, "\n\n    // another comment\n    {\n"));

        Assert.Equal(["src/Two/B.cs:2 repeats more than 15 lines of src/One/A.cs:2."], Repetitions.Between([one, two]));
    }

    [Fact]
    public void A_shorter_run_and_one_within_a_project_are_allowed()
    {
        var one = SourceFile.Of("src/One/A.cs", Code(Repetitions.MaxLines, "\n") + "one();");
        var two = SourceFile.Of("src/Two/B.cs", Code(Repetitions.MaxLines, "\n") + "two();");
        var other = SourceFile.Of("src/One/C.cs", one.Lines[0] + "\n" + Code(Repetitions.MaxLines, "\n") + "one();");

        Assert.Empty(Repetitions.Between([one, two, other]));
    }

    private static string Code(int lines, string between) => string.Concat(Enumerable.Range(0, lines).Select(line => $"call({line});{between}"));
}
