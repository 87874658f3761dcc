namespace Mempulse.Grains.Abstractions.Simulations;

/// <summary>Simulates bundles on the state of a chain's blocks; any number run beside each other. Its key is the chain id.</summary>
[Alias("mempulse.ISimulatorGrain")]
public interface ISimulatorGrain : IGrainWithStringKey
{
    /// <summary>Simulates a bundle and puts it on record.</summary>
    [Alias("Simulate")]
    ValueTask<SimAnswer> Simulate(SimQuery query);
}
