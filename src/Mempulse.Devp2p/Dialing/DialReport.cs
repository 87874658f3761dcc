using Mempulse.Primitives.Events;

namespace Mempulse.Devp2p.Dialing;

/// <summary>Which nodes do not become peers, and why.</summary>
public sealed record DialReport
{
    /// <summary>Maximum number of entries in each sample.</summary>
    public const int SampleSize = 16;

    /// <summary>A report without nodes.</summary>
    public static DialReport Empty { get; } = new()
    {
        Configured = [],
        DiscoveredNodes = 0,
        DiscoveredFailures = new SortedDictionary<DialFailureReason, long>(),
        DiscoveredSample = [],
        InboundFailures = new SortedDictionary<DialFailureReason, long>(),
        InboundSample = [],
    };

    /// <summary>Every static and trusted node.</summary>
    public required IReadOnlyList<DialledNode> Configured { get; init; }

    /// <summary>Number of discovered nodes.</summary>
    public required int DiscoveredNodes { get; init; }

    /// <summary>Number of discovered nodes whose last dial failed, by reason.</summary>
    public required IReadOnlyDictionary<DialFailureReason, long> DiscoveredFailures { get; init; }

    /// <summary>The discovered nodes whose dials failed last, newest first.</summary>
    public required IReadOnlyList<DialledNode> DiscoveredSample { get; init; }

    /// <summary>Number of inbound connections that did not become peers since the start, by reason.</summary>
    public required IReadOnlyDictionary<DialFailureReason, long> InboundFailures { get; init; }

    /// <summary>The last of these connections, newest first.</summary>
    public required IReadOnlyList<InboundFailure> InboundSample { get; init; }

    /// <summary>Number of all failures, by reason: current ones of configured and discovered nodes, and those of inbound connections.</summary>
    public IReadOnlyDictionary<DialFailureReason, long> ByReason
    {
        get
        {
            var counts = new SortedDictionary<DialFailureReason, long>();
            var configured = Configured.Where(static node => node.Failure is not null).Select(static node => KeyValuePair.Create(node.Failure!.Reason, 1L));
            foreach (var (reason, count) in configured.Concat(DiscoveredFailures).Concat(InboundFailures))
            {
                counts[reason] = counts.GetValueOrDefault(reason) + count;
            }

            return counts;
        }
    }
}
