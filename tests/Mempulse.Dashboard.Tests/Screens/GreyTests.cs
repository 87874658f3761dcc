using Mempulse.Dashboard.Design;
using Mempulse.Dashboard.Tests.Browsers;

namespace Mempulse.Dashboard.Tests.Screens;

/// <summary>Without any colour, every state, class, strength and severity is still told apart: the second check of the design.</summary>
[Collection(nameof(ViewedNode))]
public sealed class GreyTests(ViewedNode node)
{
    private static readonly string[] _themes = ["dark", "light", "contrast"];

    public static TheoryData<string> Themes => [.. _themes];

    [Theory]
    [MemberData(nameof(Themes))]
    public async Task Classes_of_an_audit_differ_in_pattern_or_letter_and_have_their_names(string theme)
    {
        await using var page = await node.OpenAsync("/blocks", theme);
        await page.SeesAsync(".classes");
        await WithoutColourAsync(page);
        await page.PictureAsync($"blocks-grey-{theme}");

        var swatches = page.Page.Locator(".classes .kind .cell");
        var pictures = new HashSet<string>(StringComparer.Ordinal);
        for (int i = 0; i < await swatches.CountAsync(); i++)
        {
            pictures.Add(Convert.ToBase64String(await swatches.Nth(i).ScreenshotAsync()));
        }

        Assert.Equal(8, await swatches.CountAsync());
        Assert.Equal(8, pictures.Count);
        Assert.Equal(8, (await page.Page.Locator(".classes .kind").AllInnerTextsAsync()).Distinct(StringComparer.Ordinal).Count(static text => text.Any(char.IsLetter)));
    }

    [Theory]
    [MemberData(nameof(Themes))]
    public async Task States_strengths_and_severities_are_shapes_of_their_own(string theme)
    {
        string[] names = [.. DesignTokens.Read().Icons.Select(static icon => icon.Name)];
        await using var page = await node.OpenAsync("/", theme);
        string sprite = await page.Page.EvaluateAsync<string>("document.querySelector('svg use').getAttribute('href').split('#')[0]");
        await page.Page.EvaluateAsync(
            "([sprite, names]) => { const place = document.createElement('p'); place.id = 'shapes'; place.innerHTML = names.split(' ').map(name => `<svg class=\"icon\"><use href=\"${sprite}#${name}\"/></svg>`).join(' '); document.body.replaceChildren(place); }",
            new[] { sprite, string.Join(' ', names) });
        await WithoutColourAsync(page);

        var icons = page.Page.Locator("#shapes .icon");
        var pictures = new Dictionary<string, string>(StringComparer.Ordinal);
        for (int i = 0; i < names.Length; i++)
        {
            string picture = Convert.ToBase64String(await icons.Nth(i).ScreenshotAsync());
            Assert.True(pictures.TryAdd(picture, names[i]), $"{names[i]} looks like {pictures[picture]}.");
        }
    }

    private static async Task WithoutColourAsync(OpenPage page)
    {
        var session = await page.Page.Context.NewCDPSessionAsync(page.Page);
        await session.SendAsync("Emulation.setEmulatedVisionDeficiency", new Dictionary<string, object> { ["type"] = "achromatopsia" });
    }
}
