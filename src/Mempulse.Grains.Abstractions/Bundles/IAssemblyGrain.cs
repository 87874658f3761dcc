namespace Mempulse.Grains.Abstractions.Bundles;

/// <summary>Makes a chain's bundles: one for each block, of what gains on the head. Its key is the chain id.</summary>
[Alias("mempulse.IAssemblyGrain")]
public interface IAssemblyGrain : IGrainWithStringKey
{
    /// <summary>Looks at what the fold has, and builds, replaces and withdraws bundles until they are what they should be. Safe to repeat.</summary>
    /// <returns>Whether and why bundles are not made.</returns>
    [Alias("Turn")]
    ValueTask<AssemblyReport> Turn();
}
