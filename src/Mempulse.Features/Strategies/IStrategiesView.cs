namespace Mempulse.Features.Strategies;

/// <summary>The strategies that run after the last applied fact.</summary>
public interface IStrategiesView
{
    /// <summary>The strategies, in the order in which they run.</summary>
    IReadOnlyList<IStrategy> InForce { get; }
}
