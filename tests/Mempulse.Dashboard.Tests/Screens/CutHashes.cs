using Mempulse.Dashboard.Tests.Browsers;

namespace Mempulse.Dashboard.Tests.Screens;

/// <summary>Short hashes that a browser may cut after their own ellipsis: it shows two then.</summary>
internal static class CutHashes
{
    /// <summary>The texts around them, in places that end with an ellipsis where they do not fit.</summary>
    public static Task<string[]> OnAsync(OpenPage page) => page.Page.EvaluateAsync<string[]>(
        """
        () => {
            const cut = [], texts = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
            for (let text; text = texts.nextNode();) {
                if (!/[0-9a-fx]{8}…[0-9a-f]{4}/.test(text.data)) continue;
                for (let around = text.parentElement; around && getComputedStyle(around).display !== "inline-block"; around = around.parentElement) {
                    if (getComputedStyle(around).textOverflow === "ellipsis") { cut.push(`${text.data} in ${around.outerHTML.slice(0, 80)}`); break; }
                }
            }
            return cut;
        }
        """);
}
