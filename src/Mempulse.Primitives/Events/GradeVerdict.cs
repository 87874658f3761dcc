namespace Mempulse.Primitives.Events;

/// <summary>How a decoded trade compares with what its transaction did, from the least to the most serious. The number is on disk.</summary>
public enum GradeVerdict
{
    /// <summary>Both tokens and both amounts agree with the logs.</summary>
    Agrees = 0,

    /// <summary>They agree with what was sent; less arrived, since the token keeps a share of each transfer.</summary>
    FeeOnTransfer = 1,

    /// <summary>What the trade states agrees with the logs, but a token or an amount is not stated.</summary>
    Partial = 2,

    /// <summary>The decode names no trade.</summary>
    NothingClaimed = 3,

    /// <summary>The logs contradict a part.</summary>
    Disagrees = 4,
}
