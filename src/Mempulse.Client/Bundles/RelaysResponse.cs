namespace Mempulse.Client.Bundles;

/// <summary>The relays that requests left for, by their attempts and outcomes alone. Dry runs do not count.</summary>
public sealed record RelaysResponse
{
    /// <summary>The chain.</summary>
    public required string Chain { get; init; }

    /// <summary>The position that the answer holds for.</summary>
    public required ulong AsOfSeq { get; init; }

    /// <summary>The relays, by name.</summary>
    public required IReadOnlyList<RelayPart> Relays { get; init; }

    /// <summary>Attempts at relays beyond the bound, which are not followed.</summary>
    public required ulong Unfollowed { get; init; }
}
