namespace Mempulse.Replay.Pool;

/// <summary>How a transaction's wait ended, apart from inclusion. The number is in checkpoints.</summary>
internal enum TxOutcome
{
    /// <summary>It has not ended.</summary>
    Open = 0,

    /// <summary>Outbid by a higher fee.</summary>
    Outbid = 1,

    /// <summary>A block used its nonce for another transaction.</summary>
    NonceUsed = 2,

    /// <summary>It expired by age, or because a bound was reached.</summary>
    Expired = 3,
}
