using Mempulse.Primitives;

namespace Mempulse.ChainState;

/// <summary>An account to fetch, with some of its slots.</summary>
/// <param name="Address">The account.</param>
/// <param name="Slots">The slots, at most <see cref="MaxSlots"/>.</param>
public sealed record AccountParts(Address Address, IReadOnlyList<UInt256> Slots)
{
    /// <summary>Slots per eth_getProof. Nodes limit them, geth to 1,024.</summary>
    public const int MaxSlots = 256;

    /// <summary>True if its code is fetched too. Without it, code is fetched when a run needs it.</summary>
    public bool WithCode { get; init; } = true;
}
