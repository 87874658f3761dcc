namespace Mempulse.Outcomes.Bundles;

/// <summary>The bounds of the fold of bundles.</summary>
/// <param name="Bundles">Bundles that are held. Beyond it the oldest leaves.</param>
/// <param name="Transactions">Transactions of a bundle. One with more is not held.</param>
/// <param name="Requests">Requests of a bundle, one for each relay and command.</param>
/// <param name="Blocks">Blocks whose transactions are held.</param>
/// <param name="RetentionBlocks">Blocks after its target for which a decided bundle is held.</param>
internal sealed record BundleBounds(int Bundles, int Transactions, int Requests, int Blocks, ulong RetentionBlocks)
{
    /// <summary>The bounds in use.</summary>
    public static BundleBounds Default { get; } = new(Bundles: 32_768, Transactions: 256, Requests: 256, Blocks: 64, RetentionBlocks: 256);
}
