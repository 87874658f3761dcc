using Mempulse.Grains.Abstractions.Sequencing;
using Mempulse.Net.Sinks;
using Mempulse.Primitives;
using Mempulse.Primitives.Records;
using AppendOutcome = Mempulse.Net.Sinks.AppendOutcome;

namespace Mempulse.Grains.Ingest;

/// <summary>Where lanes append in a node: the chain's sequencer grain. Holds lanes back while the fold is too far behind.</summary>
/// <remarks>A lane that waits fills its queue, and what does not fit there is dropped with a reason: so the fold's lag is bounded, and nothing is lost in silence.</remarks>
internal sealed class SequencerSink(ISequencerGrain sequencer, ulong maxFoldLagEvents) : IEventSink
{
    public async ValueTask<ulong> OpenLaneAsync(string lane, CancellationToken cancellationToken) =>
        (await sequencer.LastSequence(LaneId.Of(lane)))?.LocalSeq ?? 0;

    public async ValueTask<AppendOutcome> AppendAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await sequencer.Append(batch);
            if (answer.Outcome != Abstractions.Sequencing.AppendOutcome.Durable)
            {
                return AppendOutcome.Refused(answer.Detail);
            }

            if (answer.FoldLag > maxFoldLagEvents)
            {
                await WaitForFoldAsync(answer.Watermark, cancellationToken);
            }

            return AppendOutcome.Appended;
        }
        catch (Exception failure) when (failure is TimeoutException or OrleansException)
        {
            // The outcome is unknown, and a repetition with the same keys is safe (LOG-RULES 32).
            return AppendOutcome.Unknown(failure.Message);
        }
    }

    private async ValueTask WaitForFoldAsync(GlobalSeq watermark, CancellationToken cancellationToken)
    {
        var goOnAt = new GlobalSeq(watermark.Value - (maxFoldLagEvents / 2));
        while (await sequencer.WaitForFold(goOnAt) < goOnAt)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }
    }
}
