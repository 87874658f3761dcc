namespace Mempulse.Features.Strategies;

/// <summary>Finds strategies by the names that configuration and logs use.</summary>
public interface IStrategySource
{
    /// <summary>Finds a strategy: one of <see cref="StrategyCatalog"/> by its id, or another one by a name that the source understands.</summary>
    /// <returns>Null if the source does not have it.</returns>
    IStrategy? Find(string name);
}
