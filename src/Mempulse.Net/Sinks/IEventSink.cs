using Mempulse.Primitives.Records;

namespace Mempulse.Net.Sinks;

/// <summary>Where lanes append: the sequencer grain in a node, the log itself in the command line.</summary>
/// <remarks>
/// Implementations are safe for calls from several lanes at once; each lane has one append under way at most. They map
/// their failures to <see cref="AppendOutcome"/>; an exception other than cancellation is a bug and stops the lane.
/// </remarks>
public interface IEventSink
{
    /// <summary>Announces a lane and learns the local sequence number of its last record in the log; 0 when it has none.</summary>
    ValueTask<ulong> OpenLaneAsync(string lane, CancellationToken cancellationToken);

    /// <summary>Appends a batch; idempotent by lane and local sequence number.</summary>
    /// <remarks>The batch belongs to the sink until the task completes, whatever the outcome.</remarks>
    ValueTask<AppendOutcome> AppendAsync(EventBatch batch, CancellationToken cancellationToken);
}
