using System.Diagnostics;
using Mempulse.Primitives;

namespace Mempulse.Observability;

/// <summary>The activities of the node. Each is disposed when the work it names is done, not when that work is handed on.</summary>
public static class Spans
{
    /// <summary>The source's name.</summary>
    public const string SourceName = Telemetry.Prefix + ".Node";

    /// <summary>From the request of a simulation to its durable record; the others here are inside it.</summary>
    public const string Simulate = "simulate";

    /// <summary>One fetch of state from a node.</summary>
    public const string Fetch = "fetch state";

    /// <summary>One execution of the bundle; again after each fetch of what was missing.</summary>
    public const string Execute = "execute";

    /// <summary>From the deposit at the ledger until witness and fact are durable.</summary>
    public const string Append = "append";

    /// <summary>One look for the bundle of the next block, until it is on record; the next two are inside it.</summary>
    public const string Assemble = "assemble";

    /// <summary>The signatures and the id of a bundle.</summary>
    public const string Sign = "sign";

    /// <summary>From the bytes and the facts of a bundle until both are durable and folded.</summary>
    public const string RecordBundle = "record bundle";

    /// <summary>One replay of a range of a log.</summary>
    public const string Replay = "replay";

    private const string Outcome = "outcome";

    private static readonly ActivitySource _source = new(SourceName);

    /// <summary>Starts an activity; null when nothing listens.</summary>
    public static Activity? Start(string name) => _source.StartActivity(name);

    /// <summary>Starts the activity of a chain's work; null when nothing listens.</summary>
    public static Activity? Start(string name, ChainId chain) => _source.StartActivity(name)?.SetTag(Telemetry.ChainLabel, chain.ToString());

    /// <summary>Sets the outcome of the work.</summary>
    public static void SetOutcome(Activity? activity, string outcome) => activity?.SetTag(Outcome, outcome);
}
