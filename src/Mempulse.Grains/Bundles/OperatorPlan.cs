using Mempulse.Builder.Operators;
using Mempulse.Primitives;

namespace Mempulse.Grains.Bundles;

/// <summary>Who acts, where, and by which contract.</summary>
/// <param name="Chain">The chain.</param>
/// <param name="Account">The operator's account.</param>
/// <param name="Executor">The executor contract, which the operator owns.</param>
/// <param name="Key">The operator's key; null leaves bundles unsigned.</param>
public sealed record OperatorPlan(ChainId Chain, Address Account, Address Executor, OperatorKey? Key);
