using Mempulse.Ethereum.Blocks;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Net.Blocks;

/// <summary>A block whose header hashes to what was asked for, and whose transactions hash to its root.</summary>
/// <param name="Header">Its header.</param>
/// <param name="Hash">Its hash.</param>
/// <param name="Transactions">Its transactions with senders; status and gas not yet known.</param>
/// <param name="UnknownBodies">The raw bytes of those whose type is not known here.</param>
internal sealed record VerifiedBlock(
    BlockHeader Header, Hash256 Hash, IReadOnlyList<BlockTx> Transactions, IReadOnlyList<ReadOnlyMemory<byte>> UnknownBodies)
{
    /// <summary>Its height.</summary>
    public BlockNumber Number => Header.Number;

    /// <summary>As it is remembered.</summary>
    public SeenBlock Seen => new(Header.Number, Hash, Header.ParentHash);
}
