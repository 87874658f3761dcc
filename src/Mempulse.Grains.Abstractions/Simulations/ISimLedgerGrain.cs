using Mempulse.Primitives;
using Orleans.Concurrency;

namespace Mempulse.Grains.Abstractions.Simulations;

/// <summary>A chain's simulations: the facts in its log, witnesses and traces in the store beside it. Its key is the chain id.</summary>
[Alias("mempulse.ISimLedgerGrain")]
public interface ISimLedgerGrain : IGrainWithStringKey
{
    /// <summary>Puts a simulation on record: witness and trace first, then the fact, so that no fact is without them.</summary>
    /// <remarks>The same one again adds nothing, as long as the store has its witness.</remarks>
    /// <returns>The simulation when all of it is durable, or why it is not.</returns>
    [Alias("Record")]
    ValueTask<SimReceipt> Record(SimDeposit deposit);

    /// <summary>A simulation; null when the log has none of this id.</summary>
    [Alias("Find"), AlwaysInterleave]
    ValueTask<SimView?> Find(Hash256 sim);

    /// <summary>The instructions of a simulation, or why there are none; null when the log has no simulation of this id.</summary>
    [Alias("FindSteps"), AlwaysInterleave]
    ValueTask<SimSteps?> FindSteps(Hash256 sim);
}
