using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Replay.Derivations;
using Mempulse.Replay.Views;

namespace Mempulse.Features.Opportunities;

/// <summary>Begins, ends and reopens opportunities, and says so on the log. Confined to the fold's thread.</summary>
internal sealed class OpportunityLives(OpportunityRules rules, OpportunityTables tables)
{
    /// <summary>What was found since this was cleared and for which there was no room, each by <see cref="OppId.OfFind"/>.</summary>
    public List<Hash256> NotKept { get; } = [];

    /// <summary>An opportunity begins, if there is room for it.</summary>
    /// <param name="trigger">Its trigger.</param>
    /// <param name="detected">What was found.</param>
    /// <param name="isBeyond">True if more transactions run before the trigger than a simulation takes.</param>
    /// <param name="pool">The transactions.</param>
    /// <param name="derived">Receives the event.</param>
    public void Detect(TriggerEntry trigger, LogEvent.OppDetected detected, bool isBeyond, IMempoolView pool, DerivedEvents derived)
    {
        if (!tables.HasRoom)
        {
            NotKept.Add(OppId.OfFind(detected));
            return;
        }

        bool isHandedOn = TryHandOn(detected, isBeyond, pool, out var obstacle, out int above);
        var ranked = detected with { IsHandedOn = isHandedOn, RankedBelow = above };
        tables.Add(trigger, new OppEntry(ranked) { IsHandedOn = isHandedOn, Obstacle = obstacle });
        derived.Add(ranked);
    }

    /// <summary>What was found on the same base before holds again.</summary>
    public void Reopen(OppEntry opp, bool isBeyond, IMempoolView pool, DerivedEvents derived)
    {
        if (opp.IsOpen)
        {
            return;
        }

        if (!tables.HasRoom)
        {
            NotKept.Add(OppId.OfFind(opp.Detected));
            return;
        }

        var after = opp.End;
        bool isHandedOn = TryHandOn(opp.Detected, isBeyond, pool, out var obstacle, out _);
        tables.Reopen(opp, isHandedOn, obstacle);
        derived.Add(new LogEvent.OppReopened(opp.Key, opp.Detected.Trigger, after, isHandedOn) { Rules = VersionsOf(opp), Registry = rules.Rules.Registry?.Registry.ContentHash });
    }

    /// <summary>An opportunity no longer holds; nothing happens if it did not.</summary>
    public void End(OppEntry opp, OppEnd end, Hash256? by, DerivedEvents derived)
    {
        if (!opp.IsOpen)
        {
            return;
        }

        var registry = rules.Rules.Registry?.Registry.ContentHash;
        derived.Add(end is OppEnd.TriggerExpired or OppEnd.TooOld
            ? new LogEvent.OppExpired(opp.Key, opp.Detected.Trigger, end) { Rules = VersionsOf(opp), Registry = registry }
            : new LogEvent.OppInvalidated(opp.Key, opp.Detected.Trigger, end, by) { Rules = VersionsOf(opp), Registry = registry });
        tables.Close(opp, end, by);
    }

    /// <summary>No opportunity of a trigger holds any longer.</summary>
    public void EndAll(TriggerEntry trigger, OppEnd end, Hash256? by, DerivedEvents derived)
    {
        foreach (var opp in trigger.Opps.ToArray())
        {
            End(opp, end, by, derived);
        }
    }

    /// <summary>Ends the opportunities of a trigger before which a transaction runs now that did not when they were detected.</summary>
    public void EndOvertaken(TriggerEntry trigger, Hash256[] before, DerivedEvents derived)
    {
        foreach (var opp in before.Length > 0 ? trigger.Opps.ToArray() : [])
        {
            int newcomer = Array.FindIndex(before, tx => !opp.Detected.Before.Contains(tx));
            if (newcomer >= 0)
            {
                End(opp, OppEnd.Overtaken, before[newcomer], derived);
            }
        }
    }

    private bool TryHandOn(LogEvent.OppDetected detected, bool isBeyond, IMempoolView pool, out OppObstacle obstacle, out int above)
    {
        (obstacle, above) = (OppObstacle.None, 0);
        if (detected.Purpose == OppPurpose.Liquidation)
        {
            return false; // simulations exchange in pools alone
        }

        obstacle = detected.Purpose == OppPurpose.Gain ? SimulationGate.ObstacleOf(detected, isBeyond, rules.Rules.Registry?.Registry.WrappedEther(pool.Chain), rules.Book)
            : isBeyond ? OppObstacle.TooManyBefore
            : OppObstacle.None;
        if (obstacle != OppObstacle.None)
        {
            tables.Count(static totals => totals.NotSimulable++);
            return false;
        }

        var budget = detected.Purpose == OppPurpose.Gain ? rules.Scoring.InForce.Budget : rules.Bounds.Advice;
        return pool.Head is { } head && tables.HandOn(head.Hash, detected.Purpose, OppRank.Of(detected), budget, out above);
    }

    private string VersionsOf(OppEntry opp) => $"{opp.Detected.Strategy}/{opp.Detected.StrategyVersion} {rules.Extractor} {rules.Scorer}";
}
