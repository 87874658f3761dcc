namespace Mempulse.Features.Pools.Ticks;

/// <summary>What happens to the fraction of a quotient.</summary>
internal enum Rounding
{
    /// <summary>It is dropped.</summary>
    Down = 0,

    /// <summary>It counts as one.</summary>
    Up,
}
