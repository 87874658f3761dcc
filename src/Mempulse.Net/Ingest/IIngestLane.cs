namespace Mempulse.Net.Ingest;

/// <summary>A way in: RPC endpoints, peers, a capture, the blocks of a chain. Each lane numbers its own records and feeds one sink.</summary>
/// <remarks>Safe for calls from any thread. A lane lives once: it is started and stopped, never restarted.</remarks>
public interface IIngestLane : IAsyncDisposable
{
    /// <summary>The lane's name; its id and its numbering in the log are derived from it, so it must not change between runs.</summary>
    string Name { get; }

    /// <summary>Ends when the lane has nothing more to say (end of a capture, stopped); faults when the lane broke by a bug.</summary>
    Task Completion { get; }

    /// <summary>Opens the lane at its sink and starts to observe; returns when it runs.</summary>
    Task StartAsync(CancellationToken cancellationToken);

    /// <summary>Stops observing, appends what was taken in, and returns; cancellation gives up what is not appended yet.</summary>
    Task StopAsync(CancellationToken cancellationToken);

    /// <summary>A consistent enough snapshot for people: /health, /metrics, top.</summary>
    LaneStatus ReadStatus();
}
