namespace Mempulse.Features.Reasons;

/// <summary>The verdicts about a transaction, each one word.</summary>
public static class TxVerdict
{
    /// <summary>No record names it.</summary>
    public const string UnknownHere = "unknown_here";

    /// <summary>No source announced it.</summary>
    public const string NotAnnounced = "not_announced";

    /// <summary>Its hash is known, its body is not.</summary>
    public const string BodyMissing = "body_missing";

    /// <summary>Nonces before its own are not used and no waiting transaction has them.</summary>
    public const string NonceGap = "nonce_gap";

    /// <summary>Earlier transactions of its sender wait.</summary>
    public const string BehindOwn = "behind_own";

    /// <summary>Its fee cap is below the base fee.</summary>
    public const string FeeBelowBase = "fee_below_base";

    /// <summary>Its blob fee cap is below the blob base fee.</summary>
    public const string BlobFeeBelowBase = "blob_fee_below_base";

    /// <summary>Its tip is below what lately included transactions paid.</summary>
    public const string TipBelowIncluded = "tip_below_included";

    /// <summary>Its gas limit is above the block's.</summary>
    public const string GasAboveBlock = "gas_above_block";

    /// <summary>A simulation with it found it invalid: its sender cannot pay, has code, and the like.</summary>
    public const string InvalidInSimulation = "invalid_in_simulation";

    /// <summary>Sources dropped it.</summary>
    public const string LeftPools = "left_pools";

    /// <summary>No block has come since it arrived.</summary>
    public const string NoBlockYet = "no_block_yet";

    /// <summary>Nothing on record keeps it out of a block.</summary>
    public const string NoObstacle = "no_obstacle";

    /// <summary>This node no longer follows it.</summary>
    public const string Expired = "expired";

    /// <summary>Another transaction of its sender outbid it.</summary>
    public const string Replaced = "replaced";

    /// <summary>A block used its nonce for another transaction.</summary>
    public const string NonceUsed = "nonce_used";

    /// <summary>The transaction that used its nonce was public before its block.</summary>
    public const string CompetitorPublic = "competitor_public";

    /// <summary>The transaction that used its nonce was not seen before its block.</summary>
    public const string CompetitorPrivate = "competitor_private";

    /// <summary>A block includes it.</summary>
    public const string Included = "included";

    /// <summary>Its inclusion is final.</summary>
    public const string Confirmed = "confirmed";

    /// <summary>Blocks passed although it paid enough for them.</summary>
    public const string Skipped = "skipped";

    /// <summary>A reorg took it out of a block.</summary>
    public const string Reopened = "reopened";

    /// <summary>Which sources announced it, and when.</summary>
    public const string SeenBy = "seen_by";

    /// <summary>Which connected sources did not announce it.</summary>
    public const string NotSeenBy = "not_seen_by";

    /// <summary>When this node did not see everything.</summary>
    public const string OwnGaps = "own_gaps";
}
