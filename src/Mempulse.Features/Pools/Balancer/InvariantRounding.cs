namespace Mempulse.Features.Pools.Balancer;

/// <summary>How a version of Balancer's stable pools computes its invariant.</summary>
public enum InvariantRounding
{
    /// <summary>Rounded down, in Curve's order: from the stable pools of 2022 and the composable ones on.</summary>
    Down = 0,

    /// <summary>Rounded up in each step: the stable and meta-stable pools of 2021.</summary>
    Up,
}
