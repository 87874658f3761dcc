using System.Text.Json;

namespace Mempulse.Dashboard.Design;

/// <summary>The values of the design: colours of the themes, icons, heights. The file is the design's own, unchanged.</summary>
internal sealed class DesignTokens
{
    private const string Resource = "tokens.json";

    private DesignTokens(JsonElement root)
    {
        Themes = [.. root.GetProperty("color").EnumerateObject().Select(static theme => new Theme(theme.Name, Pairs(theme.Value)))];
        Icons =
        [
            .. Section(root, "state").Select(static entry => (Name: entry.Name, Svg: entry.Value.GetProperty("icon").GetString()!)),
            .. Section(root, "strength").Select(static entry => (entry.Name, entry.Value.GetProperty("icon").GetString()!)),
            .. Section(root, "severity").Select(static entry => (entry.Name, entry.Value.GetProperty("icon").GetString()!)),
        ];
        Heights = [.. Section(root, "height").Select(static entry => (entry.Name, entry.Value.GetInt32()))];
    }

    /// <summary>The themes, each with its colours.</summary>
    public IReadOnlyList<Theme> Themes { get; }

    /// <summary>The icons of states, strengths and severities.</summary>
    public IReadOnlyList<(string Name, string Svg)> Icons { get; }

    /// <summary>Heights of the parts of a screen, in pixels at the default size of text.</summary>
    public IReadOnlyList<(string Name, int Pixels)> Heights { get; }

    /// <summary>Reads the tokens from the assembly.</summary>
    public static DesignTokens Read()
    {
        using var content = typeof(DesignTokens).Assembly.GetManifestResourceStream(Resource)!;
        using var document = JsonDocument.Parse(content);
        return new DesignTokens(document.RootElement);
    }

    private static JsonElement.ObjectEnumerator Section(JsonElement root, string name) => root.GetProperty(name).EnumerateObject();

    private static IReadOnlyList<(string Name, string Value)> Pairs(JsonElement section) => [.. section.EnumerateObject().Select(static entry => (entry.Name, entry.Value.GetString()!))];
}
