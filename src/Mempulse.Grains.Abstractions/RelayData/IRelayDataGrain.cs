namespace Mempulse.Grains.Abstractions.RelayData;

/// <summary>Asks relays which blocks they delivered, and records what is new. Its key is the chain id.</summary>
[Alias("mempulse.IRelayDataGrain")]
public interface IRelayDataGrain : IGrainWithStringKey
{
    /// <summary>Asks every relay once.</summary>
    /// <returns>When to ask again, and what failed.</returns>
    [Alias("Look")]
    ValueTask<RelayDataReport> Look();
}
