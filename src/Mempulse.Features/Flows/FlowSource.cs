namespace Mempulse.Features.Flows;

/// <summary>Which classifier a label is from.</summary>
public enum FlowSource
{
    /// <summary>Neither knows.</summary>
    Neither = 0,

    /// <summary>The decoded call.</summary>
    Abi,

    /// <summary>What moved.</summary>
    Flow,

    /// <summary>Both say the same.</summary>
    Both,
}
