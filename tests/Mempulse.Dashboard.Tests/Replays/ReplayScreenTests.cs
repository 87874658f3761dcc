using System.Globalization;
using Mempulse.Dashboard.Tests.Browsers;
using Mempulse.Dashboard.Tests.Screens;
using Mempulse.Dashboard.Tests.Stories;

namespace Mempulse.Dashboard.Tests.Replays;

/// <summary>The screen of replays, used as a person would: a divergence is found by keys alone, and each event's effect is shown.</summary>
[Collection(nameof(DivergentNode))]
public sealed class ReplayScreenTests(DivergentNode story)
{
    private const int MaxElements = 2_000;

    private static readonly string[] _themes = ["dark", "light", "contrast"];

    public static TheoryData<string> Themes => [.. _themes];

    private ViewedNode Node => story.Node;

    private string DivergentText => Text(story.Divergent.Value);

    [Fact]
    public async Task A_divergence_is_found_by_keys_alone_with_event_and_field()
    {
        await using var page = await Node.OpenAsync("/");

        await page.Page.Keyboard.PressAsync("g");
        await page.Page.Keyboard.PressAsync("p");
        await page.ArrivesAtAsync("**/replay");
        await page.ReadsAsync("[data-standing]", "events folded in");
        await page.Page.Keyboard.PressAsync("g");

        await page.ArrivesAtAsync("**find=1**");
        await page.ReadsAsync(".first-divergence", "TxStateChanged, field to");
        await page.ReadsAsync(".first-divergence .note", DivergentText);
        await page.ReadsAsync(".first-divergence .bad", "Queued");
        await page.ReadsAsync(".first-divergence .add", "Pending");
        await page.ReadsAsync(".replay-bisect", "differs");
        Assert.Equal(0, await page.Page.Locator(".replay-checkpoints .c-critical").CountAsync());
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task An_event_of_the_list_is_stepped_to_by_enter_and_shows_what_it_changed()
    {
        await using var page = await Node.OpenAsync(string.Create(CultureInfo.InvariantCulture, $"/replay?from=0&to={story.Reorg}&at={story.Reorg}"));
        await page.ReadsAsync(".replay-steps [aria-selected=true]", Text(story.Reorg.Value));

        await page.Page.Keyboard.PressAsync("j");
        await page.Page.Keyboard.PressAsync("Enter");

        await page.ArrivesAtAsync(string.Create(CultureInfo.InvariantCulture, $"**from={story.Reorg.Value - 1}&to={story.Reorg}**"));
        await page.ReadsAsync(".replay-diff .diff", "Included");
        await page.ReadsAsync(".replay-diff .diff", "Pending");
        await page.ReadsAsync(".replay-steps", "The state shows what");
        await page.Page.Keyboard.PressAsync("]");
        await page.ArrivesAtAsync(string.Create(CultureInfo.InvariantCulture, $"**from={story.Reorg}&to={story.Reorg.Value + 1}**"));
    }

    [Fact]
    public async Task The_keys_a_and_b_set_the_positions_at_the_row_and_the_address_has_them()
    {
        await using var page = await Node.OpenAsync("/replay?from=0&to=40&at=20");
        await page.ReadsAsync(".replay-steps [aria-selected=true]", "#20");

        await page.Page.Keyboard.PressAsync("j");
        await page.Page.Keyboard.PressAsync("a");
        await page.ArrivesAtAsync("**from=20&to=40**");
        await page.ReadsAsync("[data-standing]", "20 events folded");
        await page.Page.Keyboard.PressAsync("j");
        await page.Page.Keyboard.PressAsync("j");
        await page.Page.Keyboard.PressAsync("b");

        await page.ArrivesAtAsync("**from=20&to=2**");
    }

    [Fact]
    public async Task A_reorg_is_chosen_from_the_list()
    {
        await using var page = await Node.OpenAsync("/replay");
        await page.SeesAsync(".replay-bar select");

        await page.Page.SelectOptionAsync(".replay-bar select", story.Reorg.ToString());

        await page.ArrivesAtAsync(string.Create(CultureInfo.InvariantCulture, $"**from={story.Reorg.Value - 1}&to={story.Reorg}**"));
        await page.ReadsAsync(".ruler", "reorg, depth");
    }

    [Fact]
    public async Task A_range_that_the_log_does_not_have_and_a_place_that_is_none_are_described()
    {
        await using var page = await Node.OpenAsync("/replay?from=5&to=99999999");
        await page.ReadsAsync(".replay-problem", "is not a range of this log");
        await page.ReadsAsync(".replay-problem", "The log holds 1 to");

        await page.Page.Locator(".replay-bar input").First.FillAsync("no such place");
        await page.Page.Keyboard.PressAsync("Enter");

        await page.ReadsAsync(".replay-problem", "'no such place' is not a place in this log");
    }

    [Fact]
    public async Task Kinds_of_entries_are_switched_off_and_on_in_the_address()
    {
        await using var page = await Node.OpenAsync("/replay?from=0&to=30");
        await page.SeesAsync(".diff-group");

        await page.Page.ClickAsync(".kinds >> text=counters");
        await page.ArrivesAtAsync("**kinds=tx,sender,block,opp,bundle**");
        await page.Page.WaitForFunctionAsync("() => ![...document.querySelectorAll('.diff-entry b')].some(name => name.textContent === 'counters')");
        await page.Page.ClickAsync(".kinds >> text=counters");

        await page.Page.WaitForFunctionAsync("() => !location.search.includes('kinds') && [...document.querySelectorAll('.diff-entry b')].some(name => name.textContent === 'counters')");
    }

    [Theory]
    [MemberData(nameof(Themes))]
    public async Task Has_no_serious_finding_of_axe_and_no_complaint_of_the_browser(string theme)
    {
        await using var page = await Node.OpenAsync("/replay?find=1", theme);
        await page.ReadsAsync(".first-divergence", "TxStateChanged");
        await page.SeesAsync(".diff-group");

        await page.PictureAsync($"replay-{theme}");
        string findings = await Accessibility.FindingsAsync(page);

        Assert.True(findings.Length == 0, findings);
        Assert.Empty(page.Complaints);
        Assert.InRange(await page.Page.EvaluateAsync<int>("document.querySelectorAll('*').length"), 1, MaxElements);
    }

    [Theory]
    [InlineData(390, 844)]
    [InlineData(720, 450)]
    [InlineData(320, 640)]
    public async Task Fits_on_a_phone_and_at_200_percent_without_scrolling_sideways(int width, int height)
    {
        await using var page = await Node.OpenAsync("/replay?find=1", "light", width, height);
        await page.ReadsAsync(".first-divergence", "TxStateChanged");
        await page.SeesAsync(".diff-group");

        await page.PictureAsync(string.Create(CultureInfo.InvariantCulture, $"replay-{width}"));

        Assert.True(await page.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth && document.querySelector('main').scrollWidth <= document.querySelector('main').clientWidth"));
    }

    private static string Text(ulong seq) => $"#{seq.ToString("N0", CultureInfo.InvariantCulture)}";
}
