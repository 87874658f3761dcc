namespace Mempulse.Primitives.Events;

/// <summary>Whether requests go to a relay. The number is on disk.</summary>
public enum BreakerState
{
    /// <summary>They do.</summary>
    Closed = 0,

    /// <summary>They do not: too many failed.</summary>
    Open = 1,

    /// <summary>One does, and decides.</summary>
    HalfOpen = 2,
}
