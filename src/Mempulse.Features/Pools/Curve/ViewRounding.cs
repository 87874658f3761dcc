namespace Mempulse.Features.Pools.Curve;

/// <summary>How get_dy rounds.</summary>
public enum ViewRounding
{
    /// <summary>As the swap does.</summary>
    AsSwap = 0,

    /// <summary>The fee is taken of the rounded output, so that it may differ from the swap by a unit.</summary>
    FeeOfOutput,
}
