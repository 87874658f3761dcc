namespace Mempulse.Primitives.Events;

/// <summary>The parameters of the fold. <see cref="LogEvent.EpochStarted"/> records them, so a replay uses the same values as the live fold.</summary>
public sealed record FoldParameters
{
    /// <summary>Blocks on top of an inclusion that make it final. Two epochs of mainnet.</summary>
    public const ulong DefaultConfirmationDepthBlocks = 64;

    /// <summary>Block time after which a waiting transaction expires: three hours, as long as geth keeps a queued transaction.</summary>
    public const ulong DefaultExpirySeconds = 3 * 60 * 60;

    /// <summary>Minimum rise of both fees that replaces a transaction: the price bump of geth (--txpool.pricebump) and reth (--txpool.pricebump).</summary>
    public const uint DefaultFeeBumpPercent = 10;

    /// <summary>The same for blob transactions, whose blob fee must rise too (geth --blobpool.pricebump, reth --blobpool.pricebump).</summary>
    public const uint DefaultBlobFeeBumpPercent = 100;

    /// <summary>Blocks a settled transaction stays in the fold; after that the log's key index finds it.</summary>
    public const ulong DefaultRetentionBlocks = 64;

    /// <summary>Blocks on top of an inclusion that make it final.</summary>
    public ulong ConfirmationDepthBlocks { get; init; } = DefaultConfirmationDepthBlocks;

    /// <summary>Seconds of block time after which a waiting transaction expires.</summary>
    public ulong ExpirySeconds { get; init; } = DefaultExpirySeconds;

    /// <summary>Percent by which both fees must rise to replace a transaction.</summary>
    public uint FeeBumpPercent { get; init; } = DefaultFeeBumpPercent;

    /// <summary>The same for blob transactions.</summary>
    public uint BlobFeeBumpPercent { get; init; } = DefaultBlobFeeBumpPercent;

    /// <summary>How a percentage becomes a threshold.</summary>
    public FeeBumpRule FeeBumpRule { get; init; } = FeeBumpRule.WholeNumbers;

    /// <summary>Blocks a settled transaction stays in the fold.</summary>
    public ulong RetentionBlocks { get; init; } = DefaultRetentionBlocks;
}
