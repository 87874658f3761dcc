using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Grains.Abstractions.Opportunities;

/// <summary>What a simulation of an opportunity gave.</summary>
/// <param name="Sim">The simulation.</param>
/// <param name="Category">The outcome in one word; None if it succeeded.</param>
/// <param name="IsLoss">True if <paramref name="Amount"/> is a loss.</param>
/// <param name="Amount">What the simulated account gains after what its gas costs.</param>
/// <param name="GasUsed">Gas of the trigger and of everything after it.</param>
/// <param name="IsVerified">True when the base block's state root proves every value that it read.</param>
[GenerateSerializer, Immutable, Alias("mempulse.opp-sim-view")]
public sealed record OppSimView(
    [property: Id(0)] Hash256 Sim, [property: Id(1)] FailureCategory Category, [property: Id(2)] bool IsLoss, [property: Id(3)] Wei Amount, [property: Id(4)] Gas GasUsed, [property: Id(5)] bool IsVerified);
