using Mempulse.Dashboard.Tests.Browsers;

namespace Mempulse.Dashboard.Tests.Screens;

/// <summary>What holds on every screen, in every theme and size.</summary>
[Collection(nameof(ViewedNode))]
public sealed class EveryScreenTests(ViewedNode node)
{
    /// <summary>Elements of a page at most; plots are on a canvas.</summary>
    private const int MaxElements = 2_000;

    /// <summary>Style sheets that a page names: those of every page, and its own.</summary>
    private const int OwnSheets = 3;

    /// <summary>Those and the sheets of the five other screens.</summary>
    private const int Sheets = OwnSheets + 5;

    private static readonly string[] _themes = ["dark", "light", "contrast"];
    private static readonly string[] _paths = ["/", "/health", "/tx/OPP", "/tx/NONE", "/opportunities", "/opportunities?view=table", "/blocks", "/blocks/1", "/blocks?view=arrival", "/replay", "/runbooks/disk-nearly-full"];

    public static TheoryData<string, string> All => [.. _paths.SelectMany(static path => _themes.Select(theme => (path, theme)))];

    public static TheoryData<string> Paths => [.. _paths];

    [Theory]
    [MemberData(nameof(All))]
    public async Task Has_no_serious_finding_of_axe_and_no_complaint_of_the_browser(string path, string theme)
    {
        await using var page = await node.OpenAsync(await AddressAsync(path), theme);

        await page.PictureAsync($"{NameOf(path)}-{theme}");
        string findings = await Accessibility.FindingsAsync(page);

        Assert.True(findings.Length == 0, findings);
        Assert.Empty(page.Complaints);
        Assert.InRange(await page.Page.EvaluateAsync<int>("document.querySelectorAll('*').length"), 1, MaxElements);
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task Fits_on_a_phone_and_at_200_percent_without_scrolling_sideways(string path)
    {
        foreach (var (width, height) in new[] { (390, 844), (720, 450), (320, 640) })
        {
            await using var page = await node.OpenAsync(await AddressAsync(path), "light", width, height);

            await page.PictureAsync($"{NameOf(path)}-{width}");

            Assert.True(
                await page.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth && document.querySelector('main').scrollWidth <= document.querySelector('main').clientWidth"),
                $"{path} is wider than {width} pixels.");
        }
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task Looks_the_same_before_the_sheets_of_the_other_screens_are_loaded(string path)
    {
        const string Boxes = "() => JSON.stringify([...document.querySelectorAll('main *, header *')].map(element => { const { x, y, width, height } = element.getBoundingClientRect(); return [x, y, width, height]; }))";
        await using var page = await node.OpenAsync(await AddressAsync(path));
        await page.Page.WaitForFunctionAsync("sheets => document.styleSheets.length >= sheets", Sheets);
        await page.Page.Keyboard.PressAsync(" ");
        await page.ReadsAsync("#strip", "Paused");

        string all = await page.Page.EvaluateAsync<string>(Boxes);
        await page.Page.EvaluateAsync("sheets => [...document.styleSheets].slice(sheets).forEach(sheet => { if (!sheet.href.includes('uPlot')) sheet.disabled = true; })", OwnSheets);

        Assert.Equal(all, await page.Page.EvaluateAsync<string>(Boxes));
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task Says_every_state_by_a_shape_and_a_word_beside_its_colour(string path)
    {
        await using var page = await node.OpenAsync(await AddressAsync(path));

        string[] bare = await page.Page.EvaluateAsync<string[]>("[...document.querySelectorAll('main .state')].filter(state => !state.querySelector('use') || !state.textContent.trim()).map(state => state.outerHTML)");

        Assert.Empty(bare);
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task Leaves_out_a_short_hash_that_does_not_fit_rather_than_cutting_it_after_its_ellipsis(string path)
    {
        await using var page = await node.OpenAsync(await AddressAsync(path));

        Assert.Empty(await CutHashes.OnAsync(page));
    }

    private static string NameOf(string path) => path == "/" ? "radar" : path.Trim('/').Replace('/', '-').Replace('?', '-').Replace('=', '-').ToLowerInvariant();

    private async Task<string> AddressAsync(string path) => path
        .Replace("OPP", await node.TransactionOfAsync("DecodeGraded"), StringComparison.Ordinal)
        .Replace("NONE", $"0x{new string('7', 64)}", StringComparison.Ordinal);
}
