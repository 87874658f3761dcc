using Mempulse.Ethereum.Blocks;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Net.Blocks;

/// <summary>A block whose header has the requested hash and whose transactions hash to its root.</summary>
/// <param name="Header">Its header.</param>
/// <param name="Hash">Its hash.</param>
/// <param name="Transactions">Its transactions with senders; status and gas are not known yet.</param>
/// <param name="UnknownBodies">The raw bytes of transactions of unknown types.</param>
internal sealed record VerifiedBlock(
    BlockHeader Header, Hash256 Hash, IReadOnlyList<BlockTx> Transactions, IReadOnlyList<ReadOnlyMemory<byte>> UnknownBodies)
{
    /// <summary>Its height.</summary>
    public BlockNumber Number => Header.Number;

    /// <summary>The block as the window remembers it.</summary>
    public SeenBlock Seen => new(Header.Number, Hash, Header.ParentHash);
}
