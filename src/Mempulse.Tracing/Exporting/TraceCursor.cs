using System.Text.Json;
using Mempulse.Primitives;

namespace Mempulse.Tracing.Exporting;

/// <summary>Where the export of a log's traces stands, in a file beside the log.</summary>
/// <remarks>The file is a hint: without it nothing is lost but its place, and what is exported twice has the same ids.</remarks>
internal sealed class TraceCursor(string path)
{
    private const string Next = "next";
    private const string Oldest = "oldest";

    /// <summary>The file's name.</summary>
    public const string FileName = "traces.json";

    /// <summary>The saved standing; null if nothing was saved or it cannot be read.</summary>
    public TraceStanding? Load()
    {
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(path));
            return new TraceStanding(Position(json, Next), Position(json, Oldest));
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or JsonException or KeyNotFoundException or FormatException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Saves a standing.</summary>
    /// <returns>Why it could not be saved; empty if it was.</returns>
    public string Save(TraceStanding standing)
    {
        string written = path + ".new";
        try
        {
            File.WriteAllText(written, $$"""{"{{Next}}":{{standing.Next}},"{{Oldest}}":{{standing.Oldest}}}""");
            File.Move(written, path, overwrite: true);
            return string.Empty;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return $"The place of the export cannot be saved: {failure.Message}";
        }
    }

    private static GlobalSeq Position(JsonDocument json, string name) => new(json.RootElement.GetProperty(name).GetUInt64());
}
