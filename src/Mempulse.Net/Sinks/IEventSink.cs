using Mempulse.Primitives.Records;

namespace Mempulse.Net.Sinks;

/// <summary>Where lanes append: the sequencer grain in a node, the log in the command line.</summary>
/// <remarks>
/// Implementations accept calls from several lanes at once; each lane has at most one append in flight. They map
/// failures to <see cref="AppendOutcome"/>. An exception other than cancellation is a bug and stops the lane.
/// </remarks>
public interface IEventSink
{
    /// <summary>Registers a lane and returns the local sequence number of its last record in the log; 0 if the log has no record of the lane.</summary>
    ValueTask<ulong> OpenLaneAsync(string lane, CancellationToken cancellationToken);

    /// <summary>Appends a batch; idempotent by lane and local sequence number.</summary>
    /// <remarks>The batch belongs to the sink until the task completes, whatever the outcome.</remarks>
    ValueTask<AppendOutcome> AppendAsync(EventBatch batch, CancellationToken cancellationToken);
}
