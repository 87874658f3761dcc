namespace Mempulse.Features.Markets;

/// <summary>What an event says about markets. The number is in checkpoints.</summary>
internal enum MoveKind
{
    /// <summary>The indexes and rates of a reserve.</summary>
    Reserve = 0,

    /// <summary>The answer of a feed.</summary>
    Price = 1,

    /// <summary>The state of an account changed.</summary>
    Touched = 2,

    /// <summary>An account borrowed.</summary>
    Borrowed = 3,

    /// <summary>Something that is not followed changed: the market is read anew.</summary>
    SetAside = 4,
}
