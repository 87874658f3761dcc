namespace Mempulse.Client.Bundles;

/// <summary>How a relay answered lately, and whether requests go to it.</summary>
public sealed record RelayPart
{
    /// <summary>The relay.</summary>
    public required string Relay { get; init; }

    /// <summary>closed, open or half_open: whether requests go to it.</summary>
    public required string Breaker { get; init; }

    /// <summary>True if a request may leave for it now.</summary>
    public required bool MaySend { get; init; }

    /// <summary>When an open breaker lets one request through; null while it is not open.</summary>
    public string? OpenUntil { get; init; }

    /// <summary>How much it counts among relays: 0 to 10,000.</summary>
    public required int WeightBasisPoints { get; init; }

    /// <summary>Attempts of its window, which are its last 64.</summary>
    public required int Attempts { get; init; }

    /// <summary>Of these, the ones that were accepted.</summary>
    public required int Accepted { get; init; }

    /// <summary>Of these, the ones without the answer of a relay.</summary>
    public required int Failed { get; init; }

    /// <summary>The median latency of its answers.</summary>
    public required ulong LatencyMicroseconds { get; init; }

    /// <summary>Bundles that it accepted and that landed.</summary>
    public required ulong Landed { get; init; }

    /// <summary>The position of its last attempt; null before the first answer.</summary>
    public ulong? LastAttemptSeq { get; init; }
}
