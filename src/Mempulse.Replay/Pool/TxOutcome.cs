namespace Mempulse.Replay.Pool;

/// <summary>How a transaction's wait ended, apart from inclusion. The number is in checkpoints.</summary>
internal enum TxOutcome
{
    /// <summary>It has not.</summary>
    Open = 0,

    /// <summary>By a higher fee.</summary>
    Outbid = 1,

    /// <summary>A block used its nonce for another one.</summary>
    NonceUsed = 2,

    /// <summary>By age, or because a bound was reached.</summary>
    Expired = 3,
}
