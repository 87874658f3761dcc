namespace Mempulse.Architecture.Tests.Documents;

/// <summary>Every link in a document has a target, and the README leads a newcomer to the answers.</summary>
public sealed class DocumentLinkTests
{
    [Fact]
    public void Every_link_has_a_target() =>
        Findings.None(Repository.Files(".md").SelectMany(path => DocumentLinks.Broken(path, Repository.Read(path), ReadOrNull)));

    [Theory]
    [InlineData("where a reorg reopens a transaction", "src/Mempulse.Replay/Reorgs/ReorgReopening.cs")]
    [InlineData("which derivations there are", "src/Mempulse.Folding/FoldComposition.cs")]
    [InlineData("which derivations are built in", "src/Mempulse.Replay/ReplayEngine.cs")]
    [InlineData("how to add a kind of event", "docs/formats/events.md")]
    [InlineData("what a rule may touch", "src/Mempulse.Replay/Lifecycle/MempoolFold.cs")]
    public void Each_answer_is_at_most_three_clicks_from_the_README(string question, string answer) =>
        Assert.True(DocumentLinks.Reachable("README.md", 3, ReadOrNull).Contains(answer), $"{answer} ({question}) is more than three clicks away.");

    [Fact]
    public void Canary_a_file_one_click_too_deep_is_not_reached()
    {
        Assert.Contains("docs/other.md", DocumentLinks.Reachable("docs/first.md", 2, Chain));
        Assert.DoesNotContain("docs/other.md", DocumentLinks.Reachable("docs/first.md", 1, Chain));
    }

    [Theory]
    [InlineData("[there](other.md)")]
    [InlineData("[there](other.md#a-heading)")]
    [InlineData("[here](#own-heading)\n## Own heading")]
    [InlineData("[far](https://example.org/nothing)")]
    [InlineData("`[no link](nothing.md)`")]
    public void A_link_with_a_target_is_accepted(string text) => Assert.Empty(DocumentLinks.Broken("docs/a.md", text, Read));

    [Theory]
    [InlineData("[gone](nothing.md)")]
    [InlineData("[gone](other.md#no-heading)")]
    [InlineData("[gone](#nowhere)")]
    [InlineData("[up](../other.md)")]
    public void Canary_a_broken_link_is_caught(string text) => Assert.Single(DocumentLinks.Broken("docs/a.md", text, Read));

    private static string? Chain(string path) => path switch
    {
        "docs/first.md" => "[next](second.md)",
        "docs/second.md" => "[last](other.md)",
        _ => Read(path),
    };

    private static string? Read(string path) => path == "docs/other.md" ? "# A heading" : null;

    private static string? ReadOrNull(string path)
    {
        string full = Path.Combine(Repository.Root, path);
        return File.Exists(full) ? File.ReadAllText(full) : Directory.Exists(full) ? string.Empty : null;
    }
}
