using Mempulse.Canon;
using Mempulse.Canon.Appending;
using Mempulse.Canon.Fencing;
using Mempulse.Net.Sinks;
using Mempulse.Primitives;
using Mempulse.Primitives.Records;

namespace Mempulse.Cli.Recording;

/// <summary>Lets lanes append to a log in this process. Thread-safe.</summary>
internal sealed class LogSink(IEventLog log) : IEventSink
{
    /// <inheritdoc/>
    public ValueTask<ulong> OpenLaneAsync(string lane, CancellationToken cancellationToken) =>
        ValueTask.FromResult(log.LastSequence(LaneId.Of(lane))?.LocalSeq ?? 0);

    /// <inheritdoc/>
    public async ValueTask<AppendOutcome> AppendAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        try
        {
            await log.AppendAsync(batch, cancellationToken).ConfigureAwait(false);
            return AppendOutcome.Appended;
        }
        catch (Exception e) when (e is LogRefusedException or LogFailedException or LogFencedException)
        {
            return AppendOutcome.Refused(e.Message);
        }
    }
}
