namespace Mempulse.Architecture.Tests.Documents;

/// <summary>What a document points at is there.</summary>
public sealed class DocumentLinkTests
{
    [Fact]
    public void Every_link_leads_somewhere() =>
        Findings.None(Repository.Files(".md").SelectMany(path => DocumentLinks.Broken(path, Repository.Read(path), ReadOrNull)));

    [Fact]
    public void From_the_README_a_newcomer_reaches_the_reopening_of_a_reorg_in_three_clicks()
    {
        Assert.Contains("(ARCHITECTURE.md", Repository.Read("README.md"), StringComparison.Ordinal);
        Assert.Contains("(src/Mempulse.Replay/Reorgs/ReorgReopening.cs)", Repository.Read("ARCHITECTURE.md"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[there](other.md)")]
    [InlineData("[there](other.md#a-heading)")]
    [InlineData("[here](#own-heading)\n## Own heading")]
    [InlineData("[far](https://example.org/nothing)")]
    [InlineData("`[no link](nothing.md)`")]
    public void A_link_that_leads_somewhere_is_fine(string text) => Assert.Empty(DocumentLinks.Broken("docs/a.md", text, Read));

    [Theory]
    [InlineData("[gone](nothing.md)")]
    [InlineData("[gone](other.md#no-heading)")]
    [InlineData("[gone](#nowhere)")]
    [InlineData("[up](../other.md)")]
    public void Canary_a_link_that_leads_nowhere_is_caught(string text) => Assert.Single(DocumentLinks.Broken("docs/a.md", text, Read));

    private static string? Read(string path) => path == "docs/other.md" ? "# A heading" : null;

    private static string? ReadOrNull(string path)
    {
        string full = Path.Combine(Repository.Root, path);
        return File.Exists(full) ? File.ReadAllText(full) : Directory.Exists(full) ? string.Empty : null;
    }
}
