namespace Mempulse.Net.Ingest;

/// <summary>An input: RPC endpoints, peers, a capture, or the blocks of a chain. Each lane numbers its own records and feeds one sink.</summary>
/// <remarks>Safe for any thread. A lane is started and stopped once, and never restarted.</remarks>
public interface IIngestLane : IAsyncDisposable
{
    /// <summary>The lane's name. Its id and its numbering in the log derive from it, so it must not change between runs.</summary>
    string Name { get; }

    /// <summary>Completes when the lane has no more input (stopped, or at the end of a capture). Faults if the lane fails by a bug.</summary>
    Task Completion { get; }

    /// <summary>Opens the lane at its sink, starts to observe, and returns once the lane runs.</summary>
    Task StartAsync(CancellationToken cancellationToken);

    /// <summary>Stops observing, appends what is queued, and returns. Cancellation discards what is not appended yet.</summary>
    Task StopAsync(CancellationToken cancellationToken);

    /// <summary>Returns a snapshot for /health, /metrics and top; its values are not read at one instant.</summary>
    LaneStatus ReadStatus();
}
