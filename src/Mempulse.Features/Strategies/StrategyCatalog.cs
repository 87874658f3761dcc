namespace Mempulse.Features.Strategies;

/// <summary>The strategies of this assembly, by their ids.</summary>
public sealed class StrategyCatalog : IStrategySource
{
    private StrategyCatalog()
    {
    }

    /// <summary>The only instance.</summary>
    public static StrategyCatalog Instance { get; } = new();

    /// <summary>All of them, in the order in which they run where a log does not state others.</summary>
    public static IReadOnlyList<IStrategy> All { get; } = [new BackrunArbitrage(), new ExposureAdvice(), new LiquidationWatch()];

    /// <inheritdoc/>
    public IStrategy? Find(string name)
    {
        foreach (var strategy in All)
        {
            if (strategy.Id == name)
            {
                return strategy;
            }
        }

        return null;
    }
}
