using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Mempulse.Dashboard.Design;

/// <summary>The tokens as custom properties of CSS.</summary>
internal static class TokenSheet
{
    private const int PixelsPerRem = 16;

    /// <summary>Writes a style sheet: a rule for each theme, and one for heights.</summary>
    public static string Write(DesignTokens tokens)
    {
        var css = new StringBuilder();
        foreach (var theme in tokens.Themes)
        {
            css.Append(CultureInfo.InvariantCulture, $":root[data-theme={theme.Name}]{{color-scheme:{(theme.Name == "light" ? "light" : "dark")};");
            foreach (var (name, value) in theme.Colors)
            {
                css.Append(CultureInfo.InvariantCulture, $"--{Kebab(name)}:{value};");
            }

            css.Append("}\n");
        }

        css.Append(":root{");
        foreach (var (name, pixels) in tokens.Heights)
        {
            css.Append(CultureInfo.InvariantCulture, $"--h-{Kebab(name)}:{(decimal)pixels / PixelsPerRem}rem;");
        }

        return css.Append("}\n").ToString();
    }

    private static string Kebab(string name) => JsonNamingPolicy.KebabCaseLower.ConvertName(name) switch
    {
        ['t', 'e', 'x', 't', '-', .. var digit] => $"text{digit}",
        ['s', '-', .. var digit] => $"s{digit}",
        var kebab => kebab,
    };
}
