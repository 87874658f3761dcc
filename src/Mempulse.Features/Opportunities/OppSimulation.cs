using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Features.Opportunities;

/// <summary>What the last simulation of an opportunity gave.</summary>
/// <param name="Sim">The simulation.</param>
/// <param name="Category">The outcome in one word; None if it succeeded.</param>
/// <param name="Profit">The change of the simulated account's balance, after what its gas costs.</param>
/// <param name="GasUsed">Gas of the trigger and of everything after it.</param>
/// <param name="IsVerified">True when the base block's state root proves every value that it read.</param>
public readonly record struct OppSimulation(Hash256 Sim, FailureCategory Category, WeiDelta Profit, Gas GasUsed, bool IsVerified);
