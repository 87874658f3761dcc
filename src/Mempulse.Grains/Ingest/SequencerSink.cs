using Mempulse.Grains.Abstractions.Sequencing;
using Mempulse.Net.Sinks;
using Mempulse.Primitives;
using Mempulse.Primitives.Records;
using AppendOutcome = Mempulse.Net.Sinks.AppendOutcome;

namespace Mempulse.Grains.Ingest;

/// <summary>Appends the records of lanes through the chain's sequencer grain, and holds lanes back while the fold is too far behind.</summary>
/// <remarks>The queue of a waiting lane fills up and then drops items with a reason, so the fold's lag is bounded and no loss is silent.</remarks>
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
            // The outcome is unknown; repeating the batch is safe (LOG-RULES 32).
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
