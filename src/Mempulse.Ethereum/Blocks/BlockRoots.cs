using Mempulse.Ethereum.Hashing;
using Mempulse.Ethereum.Rlp;
using Mempulse.Ethereum.Tries;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;

namespace Mempulse.Ethereum.Blocks;

/// <summary>Computes the commitments of a header to its body. Yellow Paper, section 4.4.2.</summary>
public static class BlockRoots
{
    /// <summary>Computes the transactionsRoot of transactions in consensus form.</summary>
    public static Hash256 OfTransactions(IReadOnlyList<ReadOnlyMemory<byte>> transactions) => OrderedTrie.RootOf(transactions);

    /// <summary>Computes the withdrawalsRoot (EIP-4895).</summary>
    public static Hash256 OfWithdrawals(IReadOnlyList<Withdrawal> withdrawals)
    {
        var encoded = new List<ReadOnlyMemory<byte>>(withdrawals.Count);
        var scratch = new ByteBuffer(128);
        foreach (var withdrawal in withdrawals)
        {
            scratch.Clear();
            withdrawal.Write(new RlpWriter(scratch));
            encoded.Add(scratch.WrittenSpan.ToArray());
        }

        return OrderedTrie.RootOf(encoded);
    }

    /// <summary>Computes the sha3Uncles hash.</summary>
    public static Hash256 OfOmmers(IReadOnlyList<BlockHeader> ommers)
    {
        if (ommers.Count == 0)
        {
            return Keccak256.OfEmptyList;
        }

        var encoded = new ByteBuffer(1024);
        var writer = new RlpWriter(encoded);
        int start = writer.BeginList();
        foreach (var ommer in ommers)
        {
            HeaderCodec.Write(ommer, writer);
        }

        writer.EndList(start);
        return Keccak256.Hash(encoded.WrittenSpan);
    }
}
