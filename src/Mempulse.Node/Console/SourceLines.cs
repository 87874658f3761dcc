using Mempulse.Grains.Abstractions.Ingest;
using Mempulse.Primitives;

namespace Mempulse.Node.Console;

/// <summary>A line for each change of a source: that it is unavailable and why, that it is connected again, and that it is polled.</summary>
/// <remarks>Confined to the loop of the summary. A source whose reason stays the same is not repeated.</remarks>
internal sealed class SourceLines
{
    private readonly Dictionary<(ChainId Chain, string Lane, string Source), string> _printed = [];

    /// <summary>Returns the lines for what changed since the last call. A change that several lanes report of one source is one line.</summary>
    public IReadOnlyList<string> Changes(ChainId chain, IReadOnlyList<IngestReport> ingest)
    {
        var lines = new List<string>();
        foreach (var lane in ingest.SelectMany(report => report.Lanes))
        {
            foreach (var source in lane.Sources)
            {
                string now = TextOf(source);
                var key = (chain, lane.Name, source.Name);
                string before = _printed.GetValueOrDefault(key, string.Empty);
                if (now == before)
                {
                    continue;
                }

                _printed[key] = now;
                string line = $"chain {chain}  source {source.Name} {(now.Length > 0 ? now : source.Reception.Length > 0 ? "is subscribed" : "is connected")}";
                if (!lines.Contains(line))
                {
                    lines.Add(line);
                }
            }
        }

        return lines;
    }

    private static string TextOf(SourceReport source) =>
        !source.IsConnected ? $"is unavailable: {(source.Problem.Length > 0 ? source.Problem : source.LastLoss.Length > 0 ? source.LastLoss : "Not connected yet.")}"
        : source.Reception.StartsWith("polling", StringComparison.Ordinal) ? $"offers no subscriptions: {source.Reception}"
        : string.Empty;
}
