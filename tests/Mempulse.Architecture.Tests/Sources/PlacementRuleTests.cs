namespace Mempulse.Architecture.Tests.Sources;

/// <summary>Code is found by the domain's words, and a type's log messages are in one place.</summary>
public sealed class PlacementRuleTests
{
    [Fact]
    public void No_folder_or_file_is_named_after_a_pattern() => Findings.None(PlacementRules.PatternNames(SourceFile.All));

    [Fact]
    public void Log_messages_are_in_the_log_facet_of_their_type() => Findings.None(PlacementRules.LogMessagesElsewhere(SourceFile.All.Where(file => file.IsProduction)));

    [Theory]
    [InlineData("src/A/Services/B.cs")]
    [InlineData("src/A/Utils/B.cs")]
    [InlineData("src/A/BlockManager.cs")]
    [InlineData("tests/A/HexHelpers.cs")]
    public void Canary_a_pattern_name_is_caught(string path) => Assert.Single(PlacementRules.PatternNames([SourceFile.Of(path, "class B;")]));

    [Fact]
    public void Canary_a_log_message_elsewhere_is_caught()
    {
        const string code = "    [LoggerMessage(1, LogLevel.Debug, \"Done.\")]";

        Assert.Single(PlacementRules.LogMessagesElsewhere([SourceFile.Of("src/A/B.cs", code)]));
        Assert.Empty(PlacementRules.LogMessagesElsewhere([SourceFile.Of("src/A/B.Log.cs", code)]));
    }
}
