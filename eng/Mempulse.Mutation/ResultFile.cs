using System.Text.Json;
using System.Text.Json.Serialization;

namespace Mempulse.Mutation;

/// <summary>The last verdict on each mutant with a digest of what it depends on, a line each: an interrupted run continues, and unchanged code is not tried again.</summary>
internal sealed class ResultFile
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };
    private readonly string path;
    private readonly Lock gate = new();
    private readonly Dictionary<string, Entry> known = new(StringComparer.Ordinal);

    /// <summary>Opens the results, and rewrites them without what later lines have replaced.</summary>
    public ResultFile(string path)
    {
        this.path = path;
        foreach (var entry in (File.Exists(path) ? File.ReadAllLines(path) : []).Select(Parse).OfType<Entry>())
        {
            known[entry.Name] = entry;
        }

        File.WriteAllLines(path, known.Values.Select(Text));
    }

    /// <summary>The outcome, if what it depends on has not changed since; else null.</summary>
    public Outcome? Find(string name, string digest)
    {
        lock (gate)
        {
            return known.TryGetValue(name, out var entry) && entry.Digest == digest ? new Outcome(entry.Verdict, TimeSpan.FromSeconds(entry.Seconds)) : null;
        }
    }

    /// <summary>The last verdict, whatever has changed since; null for a mutant that was never tried.</summary>
    public Verdict? Last(string name)
    {
        lock (gate)
        {
            return known.GetValueOrDefault(name)?.Verdict;
        }
    }

    /// <summary>Records an outcome.</summary>
    public void Add(string name, string digest, Outcome outcome)
    {
        var entry = new Entry(name, digest, outcome.Verdict, outcome.Took.TotalSeconds);
        lock (gate)
        {
            known[name] = entry;
            File.AppendAllText(path, Text(entry) + Environment.NewLine);
        }
    }

    private static string Text(Entry entry) => JsonSerializer.Serialize(entry, Format);

    // The last line of a run that was killed can be cut off.
    private static Entry? Parse(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<Entry>(line, Format);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private sealed record Entry(string Name, string Digest, Verdict Verdict, double Seconds = 0);
}
