namespace Mempulse.Grains.Abstractions.Opportunities;

/// <summary>The process of one opportunity, whose state is its own events. Its key is "chain/id".</summary>
[Alias("mempulse.IOpportunityGrain")]
public interface IOpportunityGrain : IGrainWithStringKey
{
    /// <summary>Goes on with what is next: simulates it, if it holds, was handed on and was not simulated yet. Safe to repeat.</summary>
    /// <returns>Why it could not be simulated now, in a sentence; empty if it was, or does not have to be.</returns>
    [Alias("Advance")]
    ValueTask<string> Advance();

    /// <summary>Reads its records through the log's key index, with what the fold has; null when the log does not have it.</summary>
    [Alias("Read")]
    ValueTask<OppRecords?> Read();
}
