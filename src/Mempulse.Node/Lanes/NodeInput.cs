using Mempulse.ChainState.Recorded;
using Mempulse.Grains.Ingest;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Node.Lanes;

/// <summary>The input of a node: its lanes, and the settings that follow from them.</summary>
/// <param name="Chains">The chains, the default one first.</param>
/// <param name="Lanes">The lanes.</param>
/// <param name="IsSynthetic">True when arrival times are synthetic.</param>
/// <param name="Fold">The fold's parameters: those of the chain, or those a capture suggests.</param>
/// <param name="Label">A one-line description for people.</param>
internal sealed record NodeInput(
    IReadOnlyList<ChainId> Chains, IReadOnlyList<LanePlan> Lanes, bool IsSynthetic, FoldParameters Fold, string Label)
{
    /// <summary>The input of a silo whose chains have their lanes elsewhere in the cluster.</summary>
    public static NodeInput Elsewhere(IReadOnlyList<ChainId> chains) => new(chains, [], IsSynthetic: false, new FoldParameters(), $"no input of its own, for chains {string.Join(", ", chains)}");

    /// <summary>States that were recorded with captures. They are used where no node is configured for a chain's state.</summary>
    public IReadOnlyList<RecordedStates> Recorded { get; init; } = [];

    /// <summary>What a person should know about the input, such as settings taken from a node; one sentence each.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}
