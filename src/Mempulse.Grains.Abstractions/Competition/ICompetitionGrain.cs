namespace Mempulse.Grains.Abstractions.Competition;

/// <summary>Finds by execution what took the place of bundles that did not land. Its key is the chain id.</summary>
[Alias("mempulse.ICompetitionGrain")]
public interface ICompetitionGrain : IGrainWithStringKey
{
    /// <summary>Examines the block of one bundle. Safe to repeat.</summary>
    /// <returns>True if something was examined; more may be left.</returns>
    [Alias("Examine")]
    ValueTask<bool> Examine();
}
