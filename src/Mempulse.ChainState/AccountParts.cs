using Mempulse.Primitives;

namespace Mempulse.ChainState;

/// <summary>An account to fetch, with its code and some of its slots.</summary>
internal sealed record AccountParts(Address Address, IReadOnlyList<UInt256> Slots)
{
    /// <summary>Slots per eth_getProof. Nodes limit them, geth to 1,024.</summary>
    public const int MaxSlots = 256;
}
