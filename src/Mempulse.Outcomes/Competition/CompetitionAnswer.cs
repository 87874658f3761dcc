using Mempulse.Evm.State;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Outcomes.Competition;

/// <summary>What a search found. A closed hierarchy, and total: every question has an answer, never an exception.</summary>
public abstract record CompetitionAnswer
{
    private CompetitionAnswer()
    {
    }

    /// <summary>The search ended.</summary>
    /// <param name="Finding">What it found.</param>
    /// <param name="Index">The place of the transaction that makes the difference; null for none.</param>
    /// <param name="Competitor">That transaction; null for none.</param>
    /// <param name="Executions">How many places were tried.</param>
    /// <param name="Profit">What the bundle gains right before that transaction, at the end of the block if it pays there, or else at its start.</param>
    /// <param name="Conflicts">Slots that the transaction writes and the bundle reads, by contract and slot, with the value that it leaves; at most <see cref="CompetitionSearch.MostConflicts"/>.</param>
    /// <param name="Detail">The finding in a sentence.</param>
    public sealed record Decided(
        CompetitionFinding Finding, int? Index, Hash256? Competitor, int Executions, WeiDelta Profit, IReadOnlyList<ContractSlot> Conflicts, string Detail) : CompetitionAnswer;

    /// <summary>A part of the state is missing: add it and ask again. What was tried is not tried again.</summary>
    /// <param name="Gap">The missing part.</param>
    public sealed record StateMissing(StateGap Gap) : CompetitionAnswer;
}
