using Mempulse.Primitives;

namespace Mempulse.Node.Console;

/// <summary>The chains that the summary covers, and where it is printed.</summary>
/// <param name="Chains">The chains.</param>
/// <param name="Output">Where the lines go.</param>
internal sealed record SummaryTarget(IReadOnlyList<ChainId> Chains, TextWriter Output);
