using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Mempulse.Dashboard.Alerting;

/// <summary>A runbook as a page shows it.</summary>
/// <param name="Title">Its heading.</param>
/// <param name="Html">What follows the heading. Tags in its text are shown as text.</param>
internal sealed record Runbook(string Title, string Html)
{
    private const string Extension = ".md";

    private static readonly MarkdownPipeline _pipeline = new MarkdownPipelineBuilder().DisableHtml().Build();

    /// <summary>Makes a page of Markdown. Links to other runbooks lead to their pages; other documents are not on this node, so their names are text.</summary>
    public static Runbook Of(string markdown)
    {
        var document = Markdown.Parse(markdown, _pipeline);
        string title = string.Empty;
        if (document is [HeadingBlock { Inline: { } heading } first, ..])
        {
            title = string.Concat(heading.Descendants<LiteralInline>());
            document.Remove(first);
        }

        foreach (var link in document.Descendants<LinkInline>().ToList())
        {
            if (link.Url is { } page && page.EndsWith(Extension, StringComparison.Ordinal) && !page.Contains('/', StringComparison.Ordinal))
            {
                link.Url = $"/runbooks/{page[..^Extension.Length]}";
            }
            else
            {
                link.ReplaceBy(new LiteralInline(string.Concat(link.Descendants<LiteralInline>())), copyChildren: false);
            }
        }

        return new Runbook(title, document.ToHtml(_pipeline));
    }
}
