using Mempulse.Primitives;
using Orleans.Concurrency;

namespace Mempulse.Grains.Abstractions.Simulations;

/// <summary>Records and reads a chain's simulations: facts in the log, witnesses and traces in the store beside it. Its key is the chain id.</summary>
[Alias("mempulse.ISimLedgerGrain")]
public interface ISimLedgerGrain : IGrainWithStringKey
{
    /// <summary>Records a simulation: first its witness and trace, then its fact, so that no fact refers to missing contents.</summary>
    /// <remarks>Recording the same simulation again adds nothing while the store has its witness.</remarks>
    /// <returns>The simulation once all of it is durable, or the reason why it is not.</returns>
    [Alias("Record")]
    ValueTask<SimReceipt> Record(SimDeposit deposit);

    /// <summary>Returns a simulation; null when the log does not have it.</summary>
    [Alias("Find"), AlwaysInterleave]
    ValueTask<SimView?> Find(Hash256 sim);

    /// <summary>Returns the steps of a simulation, or the reason why they are unavailable; null when the log does not have the simulation.</summary>
    [Alias("FindSteps"), AlwaysInterleave]
    ValueTask<SimSteps?> FindSteps(Hash256 sim);
}
