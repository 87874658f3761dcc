namespace Mempulse.Client.Bundles;

/// <summary>What became of a bundle, by the evidence in the log.</summary>
public sealed record BundleOutcomePart
{
    /// <summary>The verdict in one word; "open" before the first.</summary>
    public required string Verdict { get; init; }

    /// <summary>How far it can be relied on: proof, strong, weak or not_derivable.</summary>
    public required string Strength { get; init; }

    /// <summary>The verdict and its reason, in sentences.</summary>
    public required string Explanation { get; init; }

    /// <summary>What would decide it, or make it stronger; null for nothing.</summary>
    public string? WouldDecide { get; init; }

    /// <summary>The position of the verdict; null while the bundle is open.</summary>
    public ulong? Seq { get; init; }

    /// <summary>The block that decided; null for none.</summary>
    public string? Block { get; init; }

    /// <summary>The place in it of the bundle's first transaction; null for none.</summary>
    public int? Index { get; init; }

    /// <summary>The transaction that took its place or used its nonce; null for none.</summary>
    public string? By { get; init; }

    /// <summary>The relay that refused it; null for none or several.</summary>
    public string? Relay { get; init; }

    /// <summary>What it was to gain, in wei.</summary>
    public required string Simulated { get; init; }

    /// <summary>What it gained, in wei; null where that is not known.</summary>
    public string? Realised { get; init; }

    /// <summary>The positions of the events that it rests on, rising.</summary>
    public required IReadOnlyList<ulong> Evidence { get; init; }

    /// <summary>The version of the rules that judged it; null while it is open.</summary>
    public string? Rules { get; init; }
}
