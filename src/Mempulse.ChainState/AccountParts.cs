using Mempulse.Primitives;

namespace Mempulse.ChainState;

/// <summary>An account to be fetched, with its code and some of its slots.</summary>
internal sealed record AccountParts(Address Address, IReadOnlyList<UInt256> Slots)
{
    /// <summary>Slots of one eth_getProof: nodes bound them (geth at 1,024).</summary>
    public const int MaxSlots = 256;
}
