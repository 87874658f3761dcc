using Mempulse.Folding.Replays;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Folding.Tests.Replays;

/// <summary>The first place where a log and its replay differ.</summary>
public sealed class DivergenceSearchTests
{
    private static readonly CancellationToken _stop = CancellationToken.None;

    [Fact]
    public async Task A_log_that_says_what_its_facts_say_has_no_divergence_and_every_checkpoint_is_compared()
    {
        using var told = await ToldLog.WriteAsync();

        var reading = new DivergenceSearch(told.Log.Reader, told.Checkpoints).Run(GlobalSeq.None, told.Log.Watermark, _stop);

        Assert.Null(reading.Found);
        Assert.True(reading.IsEqual);
        Assert.True(reading.Steps.Count(static step => step.Checkpoint is not null) >= 2);
        Assert.Equal(told.Log.Watermark.Value, reading.Folded);
    }

    [Fact]
    public async Task The_first_derived_event_that_differs_is_found_by_position_and_field_and_again_from_the_nearest_checkpoint()
    {
        var changed = GlobalSeq.None;
        using var told = await ToldLog.WriteAsync((seq, said) =>
        {
            if (seq.Value < 2_500 || said is not LogEvent.TxStateChanged { To: TxState.Pending } became)
            {
                return null;
            }

            changed = changed == GlobalSeq.None ? seq : changed;
            return became with { To = TxState.Queued };
        });

        var reading = new DivergenceSearch(told.Log.Reader, told.Checkpoints).Run(GlobalSeq.None, told.Log.Watermark, _stop);

        Assert.Equal((changed, "to", "Pending", "Queued"), (reading.Found!.Seq, reading.Found.Field, reading.Found.Expected, reading.Found.Actual));
        Assert.True(reading.Steps[0].IsEqual);
        var again = reading.Steps[^1];
        Assert.False(again.IsEqual);
        Assert.Equal(changed, again.Last);
        Assert.True(again.FoldedFrom > GlobalSeq.None);
    }

    [Fact]
    public async Task A_search_that_begins_after_a_divergence_does_not_report_it()
    {
        using var told = await ToldLog.WriteAsync(static (seq, said) => seq.Value < 1_000 && said is LogEvent.TxStateChanged { To: TxState.Pending } became ? became with { To = TxState.Queued } : null);

        var reading = new DivergenceSearch(told.Log.Reader, told.Checkpoints).Run(new GlobalSeq(1_500), told.Log.Watermark, _stop);

        Assert.Null(reading.Found);
        Assert.True(reading.IsEqual);
    }

    [Fact]
    public async Task A_checkpoint_whose_digest_is_another_ends_the_search_where_it_was_taken()
    {
        var at = GlobalSeq.None;
        using var told = await ToldLog.WriteAsync((_, said) =>
        {
            if (said is not LogEvent.CheckpointTaken taken || at != GlobalSeq.None)
            {
                return null;
            }

            at = taken.At;
            return taken with { Digest = Hash256.Parse(new string('0', 63) + "1") };
        });

        var reading = new DivergenceSearch(told.Log.Reader, told.Checkpoints).Run(GlobalSeq.None, told.Log.Watermark, _stop);

        Assert.Null(reading.Found);
        Assert.False(reading.IsEqual);
        Assert.Equal((at, false), (reading.Steps[^1].Last, reading.Steps[^1].Checkpoint!.Value.IsEqual));
    }

    [Fact]
    public async Task A_cancelled_search_stops()
    {
        using var told = await ToldLog.WriteAsync();
        var search = new DivergenceSearch(told.Log.Reader, told.Checkpoints);

        Assert.ThrowsAny<OperationCanceledException>(() => search.Run(GlobalSeq.None, told.Log.Watermark, new CancellationToken(canceled: true)));
    }
}
