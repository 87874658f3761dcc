using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Grains.Abstractions.Relays;

/// <summary>How a relay answered lately, and whether requests go to it.</summary>
[GenerateSerializer, Immutable, Alias("mempulse.relay-report")]
public sealed record RelayReport
{
    /// <summary>The relay.</summary>
    [Id(0)]
    public required string Relay { get; init; }

    /// <summary>Whether requests go to it.</summary>
    [Id(1)]
    public required BreakerState Breaker { get; init; }

    /// <summary>True if a request may leave for it now.</summary>
    [Id(2)]
    public required bool MaySend { get; init; }

    /// <summary>When an open breaker lets one request through; null while it is not open.</summary>
    [Id(3)]
    public required UnixNanoseconds? OpenUntil { get; init; }

    /// <summary>How much it counts among relays: 0 to 10,000.</summary>
    [Id(4)]
    public required int WeightBasisPoints { get; init; }

    /// <summary>Attempts of its window.</summary>
    [Id(5)]
    public required int Attempts { get; init; }

    /// <summary>Of these, the ones that were accepted.</summary>
    [Id(6)]
    public required int Accepted { get; init; }

    /// <summary>Of these, the ones that failed.</summary>
    [Id(7)]
    public required int Failed { get; init; }

    /// <summary>The median latency of its answers.</summary>
    [Id(8)]
    public required ulong LatencyMicroseconds { get; init; }

    /// <summary>Bundles that it accepted and that landed.</summary>
    [Id(9)]
    public required ulong Landed { get; init; }

    /// <summary>The position of its last attempt.</summary>
    [Id(10)]
    public required GlobalSeq LastAttempt { get; init; }

    /// <summary>The attempts of its window, the oldest first: true for one that failed.</summary>
    [Id(11)]
    public IReadOnlyList<bool> Failures { get; init; } = [];
}
