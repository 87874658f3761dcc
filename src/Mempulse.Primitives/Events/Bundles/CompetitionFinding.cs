namespace Mempulse.Primitives.Events;

/// <summary>What the execution of a block with a bundle at several places of it showed. The number is on disk.</summary>
public enum CompetitionFinding
{
    /// <summary>Nothing: the execution was not possible, or does not agree with the block.</summary>
    Undecided = 0,

    /// <summary>The bundle pays right before a transaction and does not pay right after it.</summary>
    TakenByTransaction = 1,

    /// <summary>The bundle pays at the end of the block, and at every place that was tried.</summary>
    PaysThroughout = 2,

    /// <summary>The bundle does not pay even at the start of the block.</summary>
    PaysNowhere = 3,
}
