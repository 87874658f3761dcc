using System.Globalization;
using Mempulse.Grains.Abstractions.Ingest;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Node.Console;

/// <summary>What the terminal shows of the peers: this node's enode once, and in the summary the peers and why nodes are not peers. SourceLines prints each configured node.</summary>
internal sealed class PeerLines
{
    private readonly HashSet<(ChainId Chain, string Enode)> _printed = [];

    /// <summary>Peers and failures by reason, for the summary; empty without a lane of peers.</summary>
    public static string Summary(IReadOnlyList<IngestReport> hosts)
    {
        var searches = Searches(hosts).ToList();
        if (searches.Count == 0)
        {
            return string.Empty;
        }

        int peers = hosts.SelectMany(static host => host.Lanes).Where(static lane => lane.Peers is not null).Sum(static lane => lane.Sources.Count(static source => source.IsConnected));
        var failing = searches.SelectMany(static search => search.Configured).Where(static node => node.Reason != DialFailureReason.Unknown).Select(static node => (node.Reason, Count: 1L))
            .Concat(searches.SelectMany(static search => search.DiscoveredFailures).Select(static failure => (failure.Reason, failure.Count)))
            .GroupBy(static failure => failure.Reason, static failure => failure.Count)
            .Select(static group => (Reason: group.Key, Count: group.Sum()))
            .OrderByDescending(static failure => failure.Count)
            .Select(static failure => string.Create(CultureInfo.InvariantCulture, $"{failure.Reason} {failure.Count}"));
        string reasons = string.Join(", ", failing);
        return string.Create(CultureInfo.InvariantCulture, $"  peers {peers}{(reasons.Length == 0 ? string.Empty : $" (not connected: {reasons})")}");
    }

    /// <summary>The enode of each host that has one which was not printed yet, one line each.</summary>
    public IReadOnlyList<string> Enodes(ChainId chain, IReadOnlyList<IngestReport> hosts)
    {
        var enodes = Searches(hosts).Select(static search => search.Enode).Where(enode => enode.Length > 0 && _printed.Add((chain, enode))).ToList();
        return [.. enodes.Select(enode => $"chain {chain}  this node is {enode}")];
    }

    private static IEnumerable<PeerSearchReport> Searches(IReadOnlyList<IngestReport> hosts) =>
        hosts.SelectMany(static host => host.Lanes).Select(static lane => lane.Peers).OfType<PeerSearchReport>();
}
