using Mempulse.Primitives;

namespace Mempulse.Api.Chains;

/// <summary>What the API serves.</summary>
public sealed class ApiOptions
{
    /// <summary>The chains, at least one; the first is the default of requests that name none.</summary>
    public IReadOnlyList<ChainId> Chains { get; set; } = [new ChainId(1)];

    /// <summary>The chains whose lanes this process runs; nothing is known of their sources before the first report. Default: none.</summary>
    public IReadOnlyList<ChainId> ChainsWithLanes { get; set; } = [];

    /// <summary>True when the input is a capture with synthetic arrival times; answers state it.</summary>
    public bool IsSynthetic { get; set; }
}
