namespace Mempulse.Grains.Abstractions.Simulations;

/// <summary>Simulates bundles on the state of a chain's blocks. Simulations run in parallel, up to a limit. Its key is the chain id.</summary>
[Alias("mempulse.ISimulatorGrain")]
public interface ISimulatorGrain : IGrainWithStringKey
{
    /// <summary>Simulates a bundle and records the result.</summary>
    [Alias("Simulate")]
    ValueTask<SimAnswer> Simulate(SimQuery query);
}
