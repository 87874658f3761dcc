using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Sim.Outcomes;
using Mempulse.Sim.Requests;

namespace Mempulse.Outcomes.Competition;

/// <summary>What an examination found, as a fact of the log.</summary>
public static class CompetitionFact
{
    /// <summary>The fact.</summary>
    /// <param name="bundle">The bundle.</param>
    /// <param name="block">The block.</param>
    /// <param name="decided">What was found.</param>
    /// <param name="trust">How far the state can be trusted.</param>
    /// <param name="witness">Keccak-256 of the witness; the zero hash for none.</param>
    public static LogEvent.CompetitionExamined Of(in Hash256 bundle, in Hash256 block, CompetitionAnswer.Decided decided, StateTrust trust, in Hash256 witness)
    {
        ArgumentNullException.ThrowIfNull(decided);
        return new LogEvent.CompetitionExamined
        {
            Bundle = bundle,
            Block = block,
            Finding = decided.Finding,
            Competitor = decided.Competitor,
            CompetitorIndex = decided.Index,
            Executions = decided.Executions,
            IsVerified = trust == StateTrust.Verified,
            ProfitBefore = decided.Profit,
            Conflicts = decided.Conflicts,
            WitnessDigest = witness,
            EngineVersion = SimVersions.Engine,
            Detail = decided.Detail,
        };
    }
}
