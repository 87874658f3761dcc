using System.Text;

namespace Mempulse.Dashboard.Design;

/// <summary>One file with every icon: those of the tokens, and those of controls.</summary>
internal static class IconSprite
{
    /// <summary>Writes the sprite.</summary>
    /// <param name="tokens">The icons of states, strengths and severities.</param>
    /// <param name="controls">A sprite with the icons of controls.</param>
    public static string Write(DesignTokens tokens, string controls)
    {
        const string End = "</svg>";
        var sprite = new StringBuilder(controls[..controls.LastIndexOf(End, StringComparison.Ordinal)]);
        foreach (var (name, svg) in tokens.Icons)
        {
            sprite.Append("<symbol id=\"").Append(name).Append('"').Append(svg["<svg".Length..^End.Length]).Append("</symbol>\n");
        }

        return sprite.Append(End).ToString();
    }
}
