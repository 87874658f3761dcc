using Mempulse.Primitives;

namespace Mempulse.Api.Chains;

/// <summary>What the API serves.</summary>
public sealed class ApiOptions
{
    /// <summary>The chains, the first of which is meant where a request names none. At least one.</summary>
    public IReadOnlyList<ChainId> Chains { get; set; } = [new ChainId(1)];

    /// <summary>True when the input is a capture with made arrival times; answers say so.</summary>
    public bool IsSynthetic { get; set; }
}
