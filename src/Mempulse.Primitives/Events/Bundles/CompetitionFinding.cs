namespace Mempulse.Primitives.Events;

/// <summary>What the execution of a block with a bundle at several places of it showed. The number is on disk.</summary>
public enum CompetitionFinding
{
    /// <summary>Nothing: the execution was not possible, or does not agree with the block.</summary>
    Undecided = 0,

    /// <summary>The bundle pays before a transaction and does not pay after it.</summary>
    TakenByTransaction = 1,

    /// <summary>The bundle pays at the start of the block and at its end.</summary>
    PaysThroughout = 2,

    /// <summary>The bundle does not pay even at the start of the block.</summary>
    PaysNowhere = 3,
}
