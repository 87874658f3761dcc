using Mempulse.Dashboard.Feed;
using Mempulse.Dashboard.Tests.Browsers;

namespace Mempulse.Dashboard.Tests.Screens;

/// <summary>Transactions that a browser session watches.</summary>
[Collection(nameof(ViewedNode))]
public sealed class WatchTests(ViewedNode node)
{
    private const string Unknown = "0x7777777777777777777777777777777777777777777777777777777777777777";

    [Fact]
    public async Task A_watched_transaction_is_on_Radar_with_its_last_step_until_it_is_stopped_there()
    {
        string hash = await node.TransactionOfAsync("TxConfirmed");
        string last = (await node.GetAsync($"/tx/{hash}")).GetProperty("status").GetString()!;
        await using var page = await node.OpenAsync($"/tx/{hash}");

        await page.Page.Keyboard.PressAsync("w");
        await page.SeesAsync(".tx-tools [aria-pressed=true]");
        await page.Page.Keyboard.PressAsync("g");
        await page.Page.Keyboard.PressAsync("r");
        await page.ReadsAsync(".watched", last);
        await page.ReadsAsync(".watched .said", "block");
        await page.PictureAsync("radar-watched");
        await page.Page.ClickAsync($".watched [data-copy='{hash}'] button.bare");

        await page.Page.WaitForFunctionAsync("() => !document.querySelector('.watched')");
    }

    [Fact]
    public async Task A_hash_that_the_log_does_not_have_is_watched_across_screens_and_after_the_page_is_loaded_again()
    {
        await using var page = await node.OpenAsync($"/tx/{Unknown}");

        await page.Page.ClickAsync("text=Watch this hash");
        await page.SeesAsync(".actions [aria-pressed=true]");
        await page.GoAsync("/");
        await page.ReadsAsync(".watched", "Not on this log");
        await page.GoAsync($"/tx/{Unknown}");
        await page.SeesAsync(".actions [aria-pressed=true]");
        await using var other = await node.OpenAsync("/");

        Assert.Equal(0, await other.Page.Locator(".watched").CountAsync());
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task No_more_than_the_limit_is_watched_and_what_the_browser_keeps_is_checked()
    {
        string[] kept = ["<b>", .. Enumerable.Range(0, WatchList.MaxWatched + 4).Select(static i => $"0x{i:x64}")];
        await using var page = await node.OpenAsync("/");
        await page.Page.EvaluateAsync("list => sessionStorage.setItem('watched', JSON.stringify(list))", kept);

        await page.GoAsync("/");
        await page.Page.WaitForFunctionAsync("most => document.querySelectorAll('.watched [data-row]').length === most", WatchList.MaxWatched);
        await page.GoAsync($"/tx/{Unknown}");

        await page.SeesAsync(".actions button[disabled]");
        Assert.Contains("the limit", await page.Page.GetAttributeAsync(".actions button[disabled]", "title"), StringComparison.Ordinal);
        Assert.Equal(string.Empty, await Accessibility.FindingsAsync(page));
    }
}
