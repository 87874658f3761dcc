using Mempulse.Ethereum.Blocks;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Net.Blocks;

/// <summary>A block whose header has the requested hash and whose transactions hash to its root, apart from the parts that it says are not verified.</summary>
internal sealed record VerifiedBlock
{
    /// <summary>Its header.</summary>
    public required BlockHeader Header { get; init; }

    /// <summary>Its hash.</summary>
    public required Hash256 Hash { get; init; }

    /// <summary>Its transactions with senders; outcome and gas are not known yet.</summary>
    public required IReadOnlyList<BlockTx> Transactions { get; init; }

    /// <summary>The types of its transactions, in the same order; 0 for a legacy one.</summary>
    public required IReadOnlyList<byte> Types { get; init; }

    /// <summary>The raw bytes of transactions of unknown types.</summary>
    public required IReadOnlyList<ReadOnlyMemory<byte>> UnknownBodies { get; init; }

    /// <summary>Transactions whose content is not known, with a sentence each, and those that the root does not cover.</summary>
    public IReadOnlyList<(Hash256 Hash, DropReason Reason, string Detail)> Drops { get; init; } = [];

    /// <summary>What is not verified.</summary>
    public UnverifiedParts Unverified { get; init; }

    /// <summary>Its height.</summary>
    public BlockNumber Number => Header.Number;

    /// <summary>The block as the window remembers it.</summary>
    public SeenBlock Seen => new(Header.Number, Hash, Header.ParentHash);
}
