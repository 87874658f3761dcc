using System.ComponentModel.DataAnnotations;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Node.Options;

/// <summary>Rules of one chain's pool and finality: an entry of Mempulse:Pools. The log records them at the start of each epoch, and replays use those.</summary>
internal sealed record PoolSettings
{
    /// <summary>The chain.</summary>
    [Range(typeof(ulong), "1", "9223372036854775807")]
    public ulong Chain { get; init; } = 1;

    /// <summary>Percent by which fee cap and tip must rise to replace a transaction. Set it to what the chain's nodes require. Default 10, as in geth and reth.</summary>
    [Range(typeof(uint), "1", "10000")]
    public uint FeeBumpPercent { get; init; } = FoldParameters.DefaultFeeBumpPercent;

    /// <summary>The same for blob transactions, blob fee included. Default 100.</summary>
    [Range(typeof(uint), "1", "10000")]
    public uint BlobFeeBumpPercent { get; init; } = FoldParameters.DefaultBlobFeeBumpPercent;

    /// <summary>Blocks on top of an inclusion that make it final. Fewer confirm sooner; a deeper reorg is a violation of finality. Default 64.</summary>
    [Range(typeof(ulong), "1", "255")]
    public ulong ConfirmationDepthBlocks { get; init; } = FoldParameters.DefaultConfirmationDepthBlocks;

    /// <summary>The parameters of a chain's fold: those of its entry where there is one.</summary>
    /// <param name="pools">The entries.</param>
    /// <param name="chain">The chain.</param>
    /// <param name="otherwise">The parameters without an entry.</param>
    public static FoldParameters Apply(IReadOnlyList<PoolSettings> pools, ChainId chain, FoldParameters otherwise) =>
        pools.FirstOrDefault(pool => pool.Chain == chain.Value) is { } own
            ? otherwise with
            {
                FeeBumpPercent = own.FeeBumpPercent,
                BlobFeeBumpPercent = own.BlobFeeBumpPercent,
                ConfirmationDepthBlocks = own.ConfirmationDepthBlocks,
            }
            : otherwise;
}
