using System.Text.Json;
using Mempulse.Dashboard.Tests.Browsers;

namespace Mempulse.Dashboard.Tests.Screens;

/// <summary>The screen of blocks, used as a person would, on the blocks of the shipped captures.</summary>
[Collection(nameof(ViewedNode))]
public sealed class BlocksScreenTests(ViewedNode node)
{
    [Fact]
    public async Task The_newest_block_is_shown_with_the_classes_and_counts_of_the_API()
    {
        var audit = await node.GetAsync("/blocks/head");
        await using var page = await node.OpenAsync("/blocks");

        await page.ReadsAsync(".block-head h1", $"Block {audit.GetProperty("number").GetUInt64():N0}");
        foreach (var (name, count) in new[] { ("Found", "found"), ("Private", "private"), ("Fresh", "fresh"), ("Late public", "latePublic"), ("Replaced", "replaced"), ("Missing, strong", "missingStrong"), ("Missing, weak", "missingWeak"), ("Unseen", "unseen") })
        {
            await page.ReadsAsync(".classes", $"{name} {audit.GetProperty("counts").GetProperty(count).GetInt32():N0}");
        }

        Assert.Equal(Of(audit, "index").Count(), await page.Page.Locator(".block-panels > .panel:nth-child(2) .gas a").CountAsync());
        Assert.Equal(Of(audit, "rank").Count(), await page.Page.Locator(".block-panels > .panel:nth-child(1) .gas a").CountAsync());
    }

    [Fact]
    public async Task A_digit_switches_a_class_off_and_on_and_the_address_says_so()
    {
        await using var page = await node.OpenAsync("/blocks");
        await page.SeesAsync(".classes");

        await page.Page.Keyboard.PressAsync("1");
        await page.ArrivesAtAsync("**/blocks?off=found");
        await page.SeesAsync(".kind[aria-pressed=false]");
        Assert.Equal(0, await page.Page.Locator(".gas .k-found:not(.off)").CountAsync());

        await page.Page.Keyboard.PressAsync("1");
        await page.Page.WaitForFunctionAsync("() => !document.querySelector('.kind[aria-pressed=false]')");
    }

    [Fact]
    public async Task The_left_arrow_shows_the_block_before()
    {
        var head = await node.GetAsync("/blocks/head");
        ulong number = head.GetProperty("number").GetUInt64();
        await using var page = await node.OpenAsync("/blocks");
        await page.SeesAsync(".block-head");

        await page.Page.Keyboard.PressAsync("ArrowLeft");

        await page.ArrivesAtAsync($"**/blocks/{number - 1}");
        await page.ReadsAsync(".block-head h1", $"Block {number - 1:N0}");
    }

    [Fact]
    public async Task A_selected_transaction_is_lit_on_both_sides_and_has_its_place_and_its_first_event()
    {
        var (block, tx) = await FoundAsync();
        await using var page = await node.OpenAsync($"/blocks/{block}?tx={tx.GetProperty("hash").GetString()}");

        await page.ReadsAsync(".chosen", $"index {tx.GetProperty("index").GetInt32()}, expected {tx.GetProperty("rank").GetInt32()}");
        await page.ReadsAsync(".chosen", $"#{tx.GetProperty("firstSeq").GetUInt64():N0}");
        Assert.True(await page.Page.Locator(".block-panels > .panel:nth-child(1) .lit").CountAsync() >= 1);
        Assert.True(await page.Page.Locator(".block-panels > .panel:nth-child(2) .lit").CountAsync() >= 1);
    }

    [Fact]
    public async Task A_focused_cell_is_lit_on_both_sides_and_c_copies_its_whole_hash()
    {
        var (block, tx) = await FoundAsync();
        string hash = tx.GetProperty("hash").GetString()!;
        await using var page = await node.OpenAsync($"/blocks/{block}");
        await page.SeesAsync(".gas a.cell");

        await page.Page.Locator($".gas a[href$='{hash}']").First.FocusAsync();
        await page.Page.Keyboard.PressAsync("c");

        await page.ReadsAsync("#polite", "hash copied");
        Assert.Equal(hash, await page.Page.EvaluateAsync<string>("navigator.clipboard.readText()"));
        Assert.Equal(2, await page.Page.Locator("[data-lit]").CountAsync());
    }

    [Fact]
    public async Task A_block_that_is_not_known_says_what_is_kept_and_leads_to_the_newest()
    {
        await using var page = await node.OpenAsync("/blocks/1");

        await page.ReadsAsync("h1", "No audit of this block");
        await page.ReadsAsync(".answer", "The log has no record of block 1: it begins with block ");
        await page.Page.Locator(".answer a").ClickAsync();

        await page.SeesAsync(".block-head");
    }

    [Fact]
    public async Task What_is_no_block_is_refused_in_words()
    {
        await using var page = await node.OpenAsync("/blocks/%3Cb%3E");

        await page.ReadsAsync(".answer", "'<b>' is not a valid block: expected a height, or 0x and 64 hex digits.");
    }

    [Fact]
    public async Task The_cells_by_arrival_and_the_JSON_of_the_API_are_a_key_away()
    {
        await using var page = await node.OpenAsync("/blocks");
        await page.SeesAsync(".block-head");

        await page.Page.Keyboard.PressAsync("m");
        await page.SeesAsync(".arrivals .cell");
        await page.Page.Keyboard.PressAsync("J");

        await page.ReadsAsync(".json", "\"marginalTip\"");
    }

    private static IEnumerable<JsonElement> Of(JsonElement audit, string place) =>
        audit.GetProperty("transactions").EnumerateArray().Where(tx => tx.GetProperty(place).ValueKind == JsonValueKind.Number);

    /// <summary>A block of the captures with a transaction that was expected and found.</summary>
    private async Task<(ulong Block, JsonElement Tx)> FoundAsync()
    {
        for (ulong number = (await node.GetAsync("/blocks/head")).GetProperty("number").GetUInt64(); ; number--)
        {
            var audit = await node.GetAsync($"/blocks/{number}?classes=found");
            if (Of(audit, "rank").FirstOrDefault() is { ValueKind: JsonValueKind.Object } tx)
            {
                return (number, tx);
            }
        }
    }
}
