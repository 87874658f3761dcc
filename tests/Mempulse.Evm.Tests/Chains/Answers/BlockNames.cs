using Mempulse.Evm.Tests.Vectors;
using Mempulse.Primitives;

namespace Mempulse.Evm.Tests.Chains.Answers;

/// <summary>How JSON-RPC names blocks and transactions, looked up in the chain that was executed here.</summary>
internal static class BlockNames
{
    /// <summary>The block that was executed; null for the genesis and where the chain has none.</summary>
    public static ExecutedBlock? Find(this RecordedChain chain, string? name) => chain.FindPoint(name) is { } point
        ? chain.Blocks.SingleOrDefault(block => ReferenceEquals(block.After, point))
        : null;

    /// <summary>The block, be it the genesis, with the state after it; null where the chain has none.</summary>
    public static ChainPoint? FindPoint(this RecordedChain chain, string? name) => name switch
    {
        null or "latest" or "safe" or "finalized" => chain.Head,
        "earliest" => chain.Genesis,
        { Length: 66 } => Points(chain).SingleOrDefault(point => point.Hash == Hash256.Parse(name)),
        _ => Points(chain).SingleOrDefault(point => point.Header.Number.Value == HexJson.Number(name)),
    };

    /// <summary>The block that has the transaction, and where in it; null where none has.</summary>
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
