namespace Mempulse.Features.Pools.Balancer;

/// <summary>Whether a weighted pool multiplies for small whole exponents.</summary>
public enum PowerShortcut
{
    /// <summary>Every power is computed by logarithms: the first version.</summary>
    None = 0,

    /// <summary>The exponents 1, 2 and 4 are products: from the second version on.</summary>
    SmallWholes,
}
