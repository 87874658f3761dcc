using Mempulse.Primitives;

namespace Mempulse.Devp2p.Eth;

/// <summary>The rules for a block range, in the status of eth/69 and in its updates. EIP-7642.</summary>
internal static class BlockRange
{
    /// <summary>What is wrong with a range, to follow "a block range"; null for a valid one.</summary>
    public static string? Problem(ulong earliest, ulong latest, Hash256 latestHash) =>
        earliest > latest ? $"that starts at {earliest}, after its end {latest}"
        : latestHash.IsZero ? "whose last block has the zero hash"
        : null;
}
