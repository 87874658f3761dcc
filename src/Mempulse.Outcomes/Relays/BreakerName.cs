using System.Diagnostics;
using Mempulse.Primitives.Events;

namespace Mempulse.Outcomes.Relays;

/// <summary>The state of a relay's breaker in one word, the same in the API and the command line.</summary>
public static class BreakerName
{
    /// <summary>The word, with underscores.</summary>
    public static string Of(BreakerState state) => state switch
    {
        BreakerState.Closed => "closed",
        BreakerState.Open => "open",
        BreakerState.HalfOpen => "half_open",
        _ => throw new UnreachableException(),
    };
}
