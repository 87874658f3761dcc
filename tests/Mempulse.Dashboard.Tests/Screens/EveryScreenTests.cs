using Mempulse.Dashboard.Tests.Browsers;

namespace Mempulse.Dashboard.Tests.Screens;

/// <summary>What holds on every screen, in every theme and size.</summary>
[Collection(nameof(ViewedNode))]
public sealed class EveryScreenTests(ViewedNode node)
{
    /// <summary>Elements of a page at most; plots are on a canvas.</summary>
    private const int MaxElements = 2_000;

    private static readonly string[] _themes = ["dark", "light", "contrast"];
    private static readonly string[] _paths = ["/", "/health", "/tx/OPP", "/tx/NONE", "/blocks", "/blocks/1", "/runbooks/disk-nearly-full"];

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
    public async Task Says_every_state_by_a_shape_and_a_word_beside_its_colour(string path)
    {
        await using var page = await node.OpenAsync(await AddressAsync(path));

        string[] bare = await page.Page.EvaluateAsync<string[]>("[...document.querySelectorAll('main .state')].filter(state => !state.querySelector('use') || !state.textContent.trim()).map(state => state.outerHTML)");

        Assert.Empty(bare);
    }

    private static string NameOf(string path) => path == "/" ? "radar" : path.Trim('/').Replace('/', '-').ToLowerInvariant();

    private async Task<string> AddressAsync(string path) => path
        .Replace("OPP", await node.TransactionOfAsync("DecodeGraded"), StringComparison.Ordinal)
        .Replace("NONE", $"0x{new string('7', 64)}", StringComparison.Ordinal);
}
