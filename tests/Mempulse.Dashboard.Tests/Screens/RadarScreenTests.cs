using Mempulse.Dashboard.Tests.Browsers;
using Microsoft.Playwright;

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

        await page.ArrivesAtAsync($"**/tx/{hash}");
        await page.ReadsAsync(".tx-head", hash);
    }

    [Fact]
    public async Task A_call_for_a_chart_that_is_no_longer_there_ends_nothing()
    {
        await using var page = await node.OpenAsync("/");

        bool isDrawn = await page.Page.EvaluateAsync<bool>("async () => { mempulse.hold(null, null); mempulse.brush(null, null, 'BrushPlot'); return await mempulse.draw(null, 'plot', new Uint8Array()); }");

        Assert.False(isDrawn);
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
    public async Task A_range_dragged_over_the_plot_becomes_a_filter_that_is_shown_and_can_be_taken_back()
    {
        await using var page = await node.OpenAsync("/");
        await page.SeesAsync(".plot .u-over");
        var box = (await page.Page.Locator(".plot .u-over").BoundingBoxAsync())!;

        await page.Page.Mouse.MoveAsync(box.X + (box.Width / 2), box.Y + (box.Height / 4));
        await page.Page.Mouse.DownAsync();
        await page.Page.Mouse.MoveAsync(box.X + (box.Width * 3 / 4), box.Y + (box.Height / 2), new MouseMoveOptions { Steps = 4 });
        await page.Page.Mouse.UpAsync();

        await page.Page.WaitForFunctionAsync("() => /^[\\d.]+-[\\d.]+$/.test(new URL(location).searchParams.get('tip')) && /^[\\d.]+-[\\d.]+$/.test(new URL(location).searchParams.get('max'))");
        await page.ReadsAsync(".filters", "max fee");
        await page.Page.ClickAsync(".filters a.chip.on >> nth=0");

        await page.Page.WaitForFunctionAsync("() => new URL(location).searchParams.get('tip') === null");
    }

    [Fact]
    public async Task A_range_of_time_dragged_over_the_strips_becomes_a_filter_by_first_sight()
    {
        await using var page = await node.OpenAsync("/");
        await page.SeesAsync(".strips .u-over");
        var box = (await page.Page.Locator(".strips .u-over").First.BoundingBoxAsync())!;

        await page.Page.Mouse.MoveAsync(box.X + (box.Width / 2), box.Y + (box.Height / 2));
        await page.Page.Mouse.DownAsync();
        await page.Page.Mouse.MoveAsync(box.X + (box.Width * 3 / 4), box.Y + (box.Height / 2), new MouseMoveOptions { Steps = 4 });
        await page.Page.Mouse.UpAsync();

        await page.Page.WaitForFunctionAsync("() => /^\\d+-\\d+$/.test(new URL(location).searchParams.get('seen'))");
        await page.ReadsAsync(".filters", "first seen");
    }

    [Fact]
    public async Task A_row_has_three_lines_on_a_phone_and_is_large_enough_for_a_finger()
    {
        await using var page = await node.OpenAsync("/", "dark", 390, 844);
        await page.SeesAsync(".pool-table [data-row]");

        var row = (await page.Page.Locator(".pool-table [data-row]").First.BoundingBoxAsync())!;
        double[] tops = await page.Page.EvaluateAsync<double[]>("['.age', '.what', '.tip'].map(cell => document.querySelector('.pool-table [data-row] ' + cell).getBoundingClientRect().top)");

        Assert.InRange(row.Height, 56, 100);
        Assert.True(tops[0] + 10 < tops[1] && tops[1] + 10 < tops[2], string.Join(' ', tops));
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
