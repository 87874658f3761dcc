namespace Mempulse.Outcomes.Traces;

/// <summary>The names of spans.</summary>
public static class SpanName
{
    /// <summary>From the first sighting of the trigger to the detection of the opportunity. The first span of every trace.</summary>
    public const string Detect = "detect";

    /// <summary>The opportunity holds again.</summary>
    public const string Reopen = "reopen";

    /// <summary>The opportunity no longer holds.</summary>
    public const string End = "end";

    /// <summary>From the moment when there was something to simulate to the recorded result.</summary>
    public const string Simulate = "simulate";

    /// <summary>From the moment when there was something to build to the recorded bundle.</summary>
    public const string Build = "build";

    /// <summary>A request to a relay, from its start to its answer; or one that preflight refused.</summary>
    public const string Attempt = "attempt";

    /// <summary>The bundle is not sent any more.</summary>
    public const string Stale = "stale";

    /// <summary>The bundle is withdrawn.</summary>
    public const string Cancel = "cancel";

    /// <summary>The block was executed again to find what took the bundle's place.</summary>
    public const string Examine = "examine";

    /// <summary>From the recorded bundle to a verdict about it.</summary>
    public const string Outcome = "outcome";
}
