using System.Text.Json;
using System.Text.Json.Serialization;

namespace Mempulse.Mutation;

/// <summary>The verdicts over one state of the sources, a line each, so that an interrupted run continues.</summary>
internal sealed class ResultFile
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };
    private readonly string path;
    private readonly Lock gate = new();
    private readonly Dictionary<string, Verdict> known = new(StringComparer.Ordinal);

    /// <summary>Opens the results for the sources with a fingerprint; those of other sources are removed.</summary>
    public ResultFile(string directory, string fingerprint, bool fresh)
    {
        path = Path.Combine(directory, $"promises-{fingerprint}.jsonl");
        foreach (string old in Directory.EnumerateFiles(directory, "promises-*.jsonl").Where(old => fresh || old != path))
        {
            File.Delete(old);
        }

        foreach (string line in File.Exists(path) ? File.ReadAllLines(path) : [])
        {
            if (Parse(line) is { } entry)
            {
                known[entry.Key] = entry.Verdict;
            }
        }
    }

    /// <summary>An earlier verdict, or null.</summary>
    public Verdict? Find(string key)
    {
        lock (gate)
        {
            return known.TryGetValue(key, out var verdict) ? verdict : null;
        }
    }

    /// <summary>Records a verdict.</summary>
    public void Add(string key, Verdict verdict)
    {
        lock (gate)
        {
            known[key] = verdict;
            File.AppendAllText(path, JsonSerializer.Serialize(new Entry(key, verdict), Format) + "\n");
        }
    }

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

    private sealed record Entry(string Key, Verdict Verdict);
}
