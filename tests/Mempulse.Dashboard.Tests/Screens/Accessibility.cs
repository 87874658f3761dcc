using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Mempulse.Dashboard.Tests.Browsers;

namespace Mempulse.Dashboard.Tests.Screens;

/// <summary>What axe-core finds on a page that keeps people from using it.</summary>
internal static class Accessibility
{
    /// <summary>The serious and critical findings, one line each.</summary>
    public static async Task<string> FindingsAsync(OpenPage page)
    {
        var result = await page.Page.RunAxe(new AxeRunOptions { ResultTypes = [ResultType.Violations] });
        return string.Join('\n', result.Violations.Where(static found => found.Impact is "serious" or "critical")
            .Select(static found => $"{found.Id}: {found.Help}: {string.Join(" | ", found.Nodes.Take(4).Select(static node => $"{node.Html} {node.Any.FirstOrDefault()?.Message}"))}"));
    }
}
