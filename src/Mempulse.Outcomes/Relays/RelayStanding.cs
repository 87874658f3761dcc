using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Outcomes.Relays;

/// <summary>How a relay answered lately, and whether requests go to it. Dry runs do not count.</summary>
public sealed record RelayStanding
{
    /// <summary>The relay.</summary>
    public required string Relay { get; init; }

    /// <summary>Whether requests go to it.</summary>
    public required BreakerState Breaker { get; init; }

    /// <summary>True if a request may leave for it: its breaker is closed, or is half open and no request is under way.</summary>
    public required bool MaySend { get; init; }

    /// <summary>When an open breaker lets one request through; null while it is not open.</summary>
    public UnixNanoseconds? OpenUntil { get; init; }

    /// <summary>How much it counts among relays: 0 to 10,000.</summary>
    public required int WeightBasisPoints { get; init; }

    /// <summary>Attempts of its window.</summary>
    public required int Attempts { get; init; }

    /// <summary>Attempts of its window that were accepted.</summary>
    public required int Accepted { get; init; }

    /// <summary>Attempts of its window that failed: the relay did not answer, or not as a relay does.</summary>
    public required int Failed { get; init; }

    /// <summary>The attempts of its window, the oldest first: true for one that failed.</summary>
    public required IReadOnlyList<bool> Failures { get; init; }

    /// <summary>The median latency of its window's answers.</summary>
    public required ulong LatencyMicroseconds { get; init; }

    /// <summary>Bundles that it accepted and that landed.</summary>
    public required ulong Landed { get; init; }

    /// <summary>The position of its last attempt.</summary>
    public required GlobalSeq LastAttempt { get; init; }
}
