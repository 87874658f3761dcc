using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Mempulse.Dashboard.Tests.Browsers;

/// <summary>A page in a browser of its own. What the browser complains about is kept: a page that is right has no complaints.</summary>
public sealed class OpenPage : IAsyncDisposable
{
    private const float LimitMs = 60_000;

    private readonly IBrowserContext _context;
    private readonly List<string> _complaints = [];

    public OpenPage(IBrowserContext context, IPage page)
    {
        _context = context;
        Page = page;
        page.SetDefaultTimeout(LimitMs);
        page.SetDefaultNavigationTimeout(LimitMs);
        page.Console += (_, message) => Keep(message.Type is "error" or "warning" ? message.Text : null);
        page.PageError += (_, error) => Keep(error);
    }

    public IPage Page { get; }

    public IReadOnlyList<string> Complaints
    {
        get
        {
            lock (_complaints)
            {
                return [.. _complaints];
            }
        }
    }

    /// <summary>Goes to an address and waits until the page is connected: two ticks after the first one that was drawn.</summary>
    public async Task GoAsync(string path)
    {
        await Page.GotoAsync(path);
        await TicksAsync(2);
    }

    /// <summary>Waits until the page has drawn more ticks of the feed.</summary>
    public async Task TicksAsync(int count)
    {
        await Page.WaitForFunctionAsync("() => +document.querySelector('#strip')?.dataset.number > 0");
        await Page.WaitForFunctionAsync("([from, count]) => +document.querySelector('#strip').dataset.number >= from + count", new[] { await NumberAsync(), count });
    }

    /// <summary>The number of the tick that is drawn.</summary>
    public async Task<int> NumberAsync() => int.Parse(await Page.Locator("#strip").GetAttributeAsync("data-number") ?? "0", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Waits until an element is there and visible.</summary>
    public Task SeesAsync(string selector) => Page.Locator(selector).First.WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Visible });

    /// <summary>Waits until an element has this text somewhere in it.</summary>
    public Task ReadsAsync(string selector, string text) =>
        OrTellAsync(Page.WaitForFunctionAsync("([selector, text]) => document.querySelector(selector)?.textContent.includes(text)", new[] { selector, text }), $"'{text}' in {selector}", selector);

    /// <summary>Waits until the address of the page is this one.</summary>
    /// <param name="address">An address, in which * is any text without a slash, and ** any text.</param>
    /// <remarks>The page itself is asked: WaitForURLAsync of Playwright misses an address that changes while it begins to listen.</remarks>
    public Task ArrivesAtAsync(string address) =>
        OrTellAsync(Page.WaitForFunctionAsync("pattern => new RegExp(pattern).test(location.href)", $"^{Regex.Escape(address).Replace("\\*\\*", ".*", StringComparison.Ordinal).Replace("\\*", "[^/]*", StringComparison.Ordinal)}$"), address, "main");

    /// <summary>Keeps a picture of what is visible.</summary>
    public Task PictureAsync(string name) => Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(ViewedNode.Pictures, name + ".png") });

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();

    /// <summary>Says what the page showed instead of what was waited for.</summary>
    private async Task OrTellAsync(Task waiting, string expected, string selector)
    {
        try
        {
            await waiting;
        }
        catch (TimeoutException late)
        {
            int drawn = await NumberAsync();
            string shown = await Page.EvaluateAsync<string>(
                """
                selector => [`classes '${document.documentElement.className}', focus in ${document.activeElement?.outerHTML.slice(0, 120)}`, ...[selector, '#banner', '#strip'].map(one => `${one}: ${document.querySelector(one)?.textContent.replace(/\s+/g, ' ') ?? 'not there'}`)].join('\n')
                """,
                selector);
            throw new TimeoutException($"Expected {expected}; at {Page.Url}, tick {drawn}, the page shows {shown}\nComplaints: {string.Join("; ", Complaints)}", late);
        }
    }

    private void Keep(string? complaint)
    {
        if (complaint is not null)
        {
            lock (_complaints)
            {
                _complaints.Add(complaint);
            }
        }
    }
}
