using Mempulse.Dashboard.Tests.Browsers;
using Mempulse.Dashboard.Tests.Screens;
using Mempulse.Dashboard.Tests.Stories;

namespace Mempulse.Dashboard.Tests.Opportunities;

/// <summary>The screen of opportunities, used as a person would: board, table, and one opportunity from its detection to its outcome.</summary>
[Collection(nameof(OutcomeNode))]
public sealed class OppsScreenTests(OutcomeNode story)
{
    private const int MaxElements = 2_000;

    private static readonly string[] _paths = ["/opportunities", "/opportunities?view=table", "/opps/LOST", "/opps/UNUSED"];
    private static readonly string[] _themes = ["dark", "light", "contrast"];

    public static TheoryData<string, string> Places => [.. _paths.SelectMany(static path => _themes.Select(theme => (path, theme)))];

    private ViewedNode Node => story.Node;

    [Theory]
    [MemberData(nameof(Places))]
    public async Task Has_no_serious_finding_of_axe_and_no_complaint_of_the_browser(string path, string theme)
    {
        await using var page = await Node.OpenAsync(AddressOf(path), theme);
        await page.SeesAsync("main [data-row]");

        await page.PictureAsync($"{NameOf(path)}-{theme}");
        string findings = await Accessibility.FindingsAsync(page);

        Assert.True(findings.Length == 0, findings);
        Assert.Empty(page.Complaints);
        Assert.InRange(await page.Page.EvaluateAsync<int>("document.querySelectorAll('*').length"), 1, MaxElements);
    }

    [Theory]
    [InlineData("/opportunities")]
    [InlineData("/opportunities?view=table")]
    [InlineData("/opps/LOST")]
    public async Task Fits_on_a_phone_and_at_200_percent_without_scrolling_sideways(string path)
    {
        foreach (var (width, height) in new[] { (390, 844), (720, 450), (320, 640) })
        {
            await using var page = await Node.OpenAsync(AddressOf(path), "light", width, height);
            await page.SeesAsync("main [data-row]");

            await page.PictureAsync($"{NameOf(path)}-{width}");

            Assert.True(await page.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth && document.querySelector('main').scrollWidth <= document.querySelector('main').clientWidth"), $"{path} is wider than {width} pixels.");
        }
    }

    [Theory]
    [InlineData("/opportunities")]
    [InlineData("/opportunities?view=table")]
    [InlineData("/opps/LOST")]
    public async Task Leaves_out_a_short_hash_that_does_not_fit_rather_than_cutting_it_after_its_ellipsis(string path)
    {
        await using var page = await Node.OpenAsync(AddressOf(path));
        await page.SeesAsync("main [data-row]");

        Assert.NotEqual(0, await page.Page.Locator("main .atom, main .hash .mono").CountAsync());
        Assert.Empty(await CutHashes.OnAsync(page));
    }

    [Fact]
    public async Task An_opportunity_that_is_opened_directly_is_among_opportunities_in_the_navigation()
    {
        await using var page = await Node.OpenAsync(AddressOf("/opps/LOST"));

        await page.ReadsAsync("header nav a.on", "Opportunities");
        Assert.Equal(1, await page.Page.Locator("header nav a.on").CountAsync());
    }

    [Fact]
    public async Task A_recording_says_from_when_it_is_and_its_clock_is_that_of_the_arrivals_and_not_of_the_blocks()
    {
        await using var page = await Node.OpenAsync("/");

        await page.ReadsAsync("#strip .synthetic", "recording of 2024-03-13, synthetic arrivals"); // its last block is of May
    }

    [Fact]
    public async Task Six_keys_lead_from_anywhere_to_the_evidence_of_an_outcome()
    {
        await using var page = await Node.OpenAsync("/health");

        await page.Page.Keyboard.PressAsync("g");
        await page.Page.Keyboard.PressAsync("o");
        await page.SeesAsync(".board .card");
        await page.Page.Keyboard.PressAsync("j");
        await page.Page.Keyboard.PressAsync("Enter");
        await page.ArrivesAtAsync("**/opps/0x*");
        await page.Page.WaitForFunctionAsync("() => document.activeElement.closest('.verdict') !== null");
        await page.Page.Keyboard.PressAsync("n");
        await page.Page.Keyboard.PressAsync("n");

        await page.Page.WaitForFunctionAsync("() => document.activeElement === document.querySelectorAll('.evidence li')[1]");
    }

    [Fact]
    public async Task A_lost_opportunity_shows_its_verdict_with_strength_every_request_and_the_event_of_each_piece_of_evidence()
    {
        var bundle = await Node.GetAsync($"/bundle/{OutcomeNode.LostBundle}");
        await using var page = await Node.OpenAsync($"/opps/{story.Lost}");

        await page.ReadsAsync(".verdict h1", "Lost to a competitor");
        await page.ReadsAsync(".verdict", bundle.GetProperty("outcome").GetProperty("strength").GetString()!);
        await page.ReadsAsync(".verdict", BundleStory.Rival.ToString());
        foreach (string said in new[] { "Detect", "Simulate", "Build", "titan", "builder-net", "attempt 2, +271 ms", "429, rate limited", "504, gateway timeout", "Outcome" })
        {
            await page.ReadsAsync(".waterfall", said);
        }

        foreach (var seq in bundle.GetProperty("outcome").GetProperty("evidence").EnumerateArray())
        {
            await page.ReadsAsync(".evidence", $"#{seq.GetUInt64():N0}");
        }

        await page.ReadsAsync(".calls", "mempulse sim rerun");
    }

    [Fact]
    public async Task The_key_x_explains_the_score()
    {
        await using var page = await Node.OpenAsync($"/opps/{story.Lost}");
        await page.SeesAsync(".explain");

        await page.Page.Keyboard.PressAsync("x");

        await page.SeesAsync(".explain[open] p");
        await page.ReadsAsync(".explain summary", "by expected-value/1");
    }

    [Fact]
    public async Task A_bundle_and_a_simulation_lead_to_their_opportunity()
    {
        await using var page = await Node.OpenAsync($"/bundle/{OutcomeNode.LostBundle}");

        await page.ReadsAsync(".verdict h1", "Lost to a competitor");
        await page.GoAsync($"/sim/{story.Sim}");

        await page.ReadsAsync(".verdict h1", "Lost to a competitor");
    }

    [Fact]
    public async Task The_board_has_each_opportunity_in_the_column_of_its_stage()
    {
        await using var page = await Node.OpenAsync("/opportunities");
        await page.SeesAsync(".board .card");

        await page.ReadsAsync(".column[aria-label=Outcome]", "Lost to a competitor");
        await page.ReadsAsync(".column[aria-label=Outcome]", "Landed, index 1");
        await page.ReadsAsync(".column[aria-label=Outcome]", "Dropped by preflight");
        await page.ReadsAsync(".column[aria-label=Outcome]", "Not landed");
        await page.ReadsAsync(".column[aria-label=Submitted]", "1 relay, target");
        await page.ReadsAsync(".column[aria-label=Submitted] .causes", "429, rate limited");
    }

    [Fact]
    public async Task A_filter_is_in_the_address_and_the_list_says_what_it_leaves_out()
    {
        await using var page = await Node.OpenAsync("/opportunities?view=table");
        await page.SeesAsync(".opp-rows [data-row]");

        await page.Page.Locator(".pick select").Nth(1).SelectOptionAsync("90");
        await page.ArrivesAtAsync("**score=90**");
        await page.GoAsync("/opportunities?view=table&score=9000000000000");

        await page.ReadsAsync(".opp-list", "No opportunity matches.");
    }

    [Fact]
    public async Task Escape_goes_back_from_an_opportunity_to_the_list()
    {
        await using var page = await Node.OpenAsync($"/opps/{story.Lost}");
        await page.SeesAsync(".verdict h1");

        await page.Page.Keyboard.PressAsync("Escape");

        await page.ArrivesAtAsync("**/opportunities?view=table");
    }

    [Theory]
    [InlineData("/opps/0x7777777777777777777777777777777777777777777777777777777777777777", "No opportunity with this id is on this log")]
    [InlineData("/bundle/0x7777777777777777777777777777777777777777777777777777777777777777", "No bundle of an opportunity with this id is on this log")]
    [InlineData("/sim/0x7777777777777777777777777777777777777777777777777777777777777777", "No simulation of an opportunity with this id is on this log")]
    [InlineData("/opps/%3Cimg%20src=x%3E", "is not a valid id: expected 0x and 64 hex digits.")]
    public async Task An_unknown_id_is_answered_in_a_sentence(string path, string sentence)
    {
        await using var page = await Node.OpenAsync(path);

        await page.ReadsAsync(".answer h1", sentence);
        Assert.Equal(0, await page.Page.Locator("main img").CountAsync());
    }

    private static string NameOf(string path) => path switch { "/opportunities" => "opportunities-board", "/opps/LOST" => "opportunities-detail", "/opps/UNUSED" => "opportunities-unused", _ => "opportunities-table" };

    private string AddressOf(string path) => path.Replace("LOST", story.Lost, StringComparison.Ordinal).Replace("UNUSED", story.Unused, StringComparison.Ordinal);
}
