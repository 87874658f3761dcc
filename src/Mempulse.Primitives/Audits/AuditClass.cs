namespace Mempulse.Primitives.Audits;

/// <summary>What an audit says of a transaction. The first five are for transactions of the block, the last two for expected ones that it does not have.</summary>
/// <remarks>No class says why a builder left a transaction out.</remarks>
public enum AuditClass
{
    /// <summary>It was public before the slot began, by more than the margin.</summary>
    Found = 0,

    /// <summary>It was announced, but only after the slot had begun, by more than the margin, or after the block.</summary>
    LatePublic = 1,

    /// <summary>No source announced it.</summary>
    Private = 2,

    /// <summary>It was announced within the margin of the slot's start: nothing is claimed.</summary>
    Fresh = 3,

    /// <summary>It took the nonce of a transaction that the pool held.</summary>
    Replaced = 4,

    /// <summary>It was public before the slot began, by more than the margin; it was executable, its fee sufficed and it fitted in.</summary>
    Missing = 5,

    /// <summary>The same, but announced within the margin before the slot's start: the builder may not have had it, so nothing is claimed.</summary>
    Unseen = 6,
}
