using Mempulse.Dashboard.Tests.Browsers;

namespace Mempulse.Dashboard.Tests.Screens;

/// <summary>The radar, used as a person would.</summary>
[Collection(nameof(ViewedNode))]
public sealed class RadarScreenTests(ViewedNode node)
{
    [Fact]
    public async Task Every_waiting_transaction_is_a_row_with_its_state_and_a_link()
    {
        var waiting = (await node.GetAsync("/mempool")).GetProperty("transactions").EnumerateArray().Select(static tx => tx.GetProperty("hash").GetString()!).ToList();
        await using var page = await node.OpenAsync("/");
        await page.SeesAsync(".pool-table [data-row]");

        string[] shown = await page.Page.EvaluateAsync<string[]>("[...document.querySelectorAll('.pool-table [data-row]')].map(row => row.dataset.copy)");

        Assert.Equal(waiting.Order(StringComparer.Ordinal), shown.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task J_and_enter_open_a_row_and_its_screen_has_the_same_hash()
    {
        await using var page = await node.OpenAsync("/");
        await page.SeesAsync(".pool-table [data-row]");

        await page.Page.Keyboard.PressAsync("j");
        string hash = await page.Page.EvaluateAsync<string>("document.activeElement.dataset.copy");
        await page.ReadsAsync(".filters", "order held: row focused");
        await page.Page.Keyboard.PressAsync("Enter");

        await page.Page.WaitForURLAsync($"**/tx/{hash}");
        await page.ReadsAsync(".tx-head", hash);
    }

    [Fact]
    public async Task A_filter_is_in_the_address_and_says_when_nothing_matches()
    {
        await using var page = await node.OpenAsync("/?state=queued&fee=below");

        await page.ReadsAsync(".pool-panel", "No transaction matches");
        await page.Page.ClickAsync("text=Clear the filter");

        await page.SeesAsync(".pool-table [data-row]");
    }

    [Fact]
    public async Task The_plot_and_the_strips_are_drawn_and_said_in_a_sentence()
    {
        await using var page = await node.OpenAsync("/");

        await page.SeesAsync(".plot canvas");
        await page.SeesAsync(".strips canvas");

        Assert.Contains("can be in the next block", await page.Page.Locator(".plot").GetAttributeAsync("aria-label"), StringComparison.Ordinal);
    }
}
