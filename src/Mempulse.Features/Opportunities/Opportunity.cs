using System.Diagnostics;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Features.Opportunities;

/// <summary>An opportunity as the fold holds it.</summary>
/// <param name="Detected">The event that began it.</param>
/// <param name="Status">Whether it holds.</param>
/// <param name="End">Why it does not hold; None while it does.</param>
/// <param name="By">The block or the transaction that is the reason; null if it is not known here, or while it holds.</param>
/// <param name="IsHandedOn">True if it was handed on to simulation.</param>
/// <param name="Obstacle">Why it is not handed on whatever its rank; None if it can be simulated.</param>
/// <param name="Simulation">What its last simulation gave; null before the first.</param>
public sealed record Opportunity(LogEvent.OppDetected Detected, OppStatus Status, OppEnd End, Hash256? By, bool IsHandedOn, OppObstacle Obstacle, OppSimulation? Simulation)
{
    /// <summary>What stands in the way of a simulation, in a sentence; empty if nothing does.</summary>
    public string ObstacleText => Obstacle switch
    {
        OppObstacle.None => string.Empty,
        OppObstacle.OtherToken => $"It gains token {Detected.Token}: only gains of wrapped ether are simulated.",
        OppObstacle.OtherPool => "One of its exchanges is in no pair of Uniswap V2 and no pool of Uniswap V3: only these are simulated.",
        OppObstacle.TooManyBefore => $"More than {Detected.Before.Count} transactions of the trigger's sender run before it: no more are simulated with it.",
        _ => throw new UnreachableException(),
    };
}
