using Mempulse.Primitives;

namespace Mempulse.Node.Console;

/// <summary>What is summed up, and where.</summary>
/// <param name="Chains">The chains.</param>
/// <param name="Output">Where the lines go.</param>
internal sealed record SummaryOptions(IReadOnlyList<ChainId> Chains, TextWriter Output);
