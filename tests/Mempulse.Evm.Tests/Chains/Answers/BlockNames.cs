using Mempulse.Evm.Tests.Vectors;
using Mempulse.Primitives;

namespace Mempulse.Evm.Tests.Chains.Answers;

/// <summary>Resolves JSON-RPC block identifiers and transaction hashes in the executed chain.</summary>
internal static class BlockNames
{
    /// <summary>Returns the executed block; null for the genesis block or if the chain has no such block.</summary>
    public static ExecutedBlock? Find(this RecordedChain chain, string? name) => chain.FindPoint(name) is { } point
        ? chain.Blocks.SingleOrDefault(block => ReferenceEquals(block.After, point))
        : null;

    /// <summary>Returns the block, including the genesis block, with its post-state; null if the chain has no such block.</summary>
    public static ChainPoint? FindPoint(this RecordedChain chain, string? name) => name switch
    {
        null or "latest" or "safe" or "finalized" => chain.Head,
        "earliest" => chain.Genesis,
        { Length: 66 } => Points(chain).SingleOrDefault(point => point.Hash == Hash256.Parse(name)),
        _ => Points(chain).SingleOrDefault(point => point.Header.Number.Value == HexJson.Number(name)),
    };

    /// <summary>Returns the block that includes the transaction and the transaction's index; null if no block includes it.</summary>
    public static (ExecutedBlock Block, int Index)? FindTransaction(this RecordedChain chain, string hash)
    {
        var wanted = Hash256.Parse(hash);
        var found = from block in chain.Blocks
                    from index in Enumerable.Range(0, block.Hashes.Count)
                    where block.Hashes[index] == wanted
                    select ((ExecutedBlock, int)?)(block, index);
        return found.SingleOrDefault();
    }

    private static IEnumerable<ChainPoint> Points(RecordedChain chain) => chain.Blocks.Select(block => block.After).Prepend(chain.Genesis);
}
