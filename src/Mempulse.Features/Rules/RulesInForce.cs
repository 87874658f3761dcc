using Mempulse.Features.Registry;
using Mempulse.Primitives;

namespace Mempulse.Features.Rules;

/// <summary>The registry that a log states.</summary>
/// <param name="Registry">The registry; its content hash is its version.</param>
/// <param name="Name">Where it was read from, for people.</param>
/// <param name="Since">The position of the fact that loaded this content first.</param>
public sealed record RulesInForce(ContractRegistry Registry, string Name, GlobalSeq Since);
