using Mempulse.Canon.Snapshots;
using Mempulse.Folding;
using Mempulse.Grains.Folding;
using Mempulse.Grains.Logs;
using Mempulse.Grains.Tests.Worlds;
using Mempulse.Observability;
using Mempulse.Primitives;
using Microsoft.Extensions.Logging;

namespace Mempulse.Grains.Tests.Folding;

/// <summary>Each report of a fold is counted on its instrument with its chain, logged at its level, and moves the progress that lanes wait for.</summary>
public sealed class FoldReportsTests : IDisposable
{
    private static readonly ChainId s_chain = new(5);

    private readonly Measurements _measured = new();
    private readonly LogLines _lines = new();
    private readonly FoldProgress _progress = new();
    private readonly FoldMeter _meter;
    private readonly FoldReports _reports;

    public FoldReportsTests()
    {
        _meter = new FoldMeter(_measured.Meters);
        _reports = new FoldReports(s_chain, _progress, _meter, _lines.For<FoldReportsTests>());
    }

    [Fact]
    public void Applied_events_are_counted_and_move_the_progress_and_a_delay_is_recorded_where_there_is_one()
    {
        _reports.Applied(new GlobalSeq(7), 3, delay: null);
        _reports.Applied(new GlobalSeq(9), 2, TimeSpan.FromSeconds(4));

        Assert.Equal(new GlobalSeq(9), _progress.Applied);
        Assert.Equal(["mempulse_fold_applied_events{chain=5} 3", "mempulse_fold_applied_events{chain=5} 2", "mempulse_fold_applied_after{chain=5} 4"], _measured.All);
    }

    [Fact]
    public void Derived_events_and_checkpoints_are_counted_each_as_what_they_are()
    {
        _reports.DerivedAppended(11);
        _reports.CheckpointTaken(new SnapshotMark(new GlobalSeq(8), new Epoch(1), default, 1, "rules"), 321, TimeSpan.FromSeconds(2));
        _reports.CheckpointFailed(new GlobalSeq(9), new IOException("full"));
        _reports.CheckpointNotRecorded(new GlobalSeq(10), "no room");
        _reports.CheckpointIgnored("of other rules");

        Assert.Equal(
            [
                "mempulse_fold_derived_events{chain=5} 11",
                "mempulse_fold_checkpoints{chain=5} 1",
                "mempulse_fold_checkpoint{chain=5} 2",
                "mempulse_fold_unusable_checkpoints{chain=5} 1",
                "mempulse_fold_unusable_checkpoints{chain=5} 1",
            ],
            _measured.All);
        Assert.Equal(["Chain 5: saved a checkpoint of 321 bytes at 8"], _lines.Of(LogLevel.Information));
        Assert.Equal(
            [
                "Chain 5: cannot write the checkpoint at 9; the previous one remains",
                "Chain 5: saved the checkpoint at 10, but cannot record it in the log: no room",
                "Chain 5: ignored a checkpoint: of other rules",
            ],
            _lines.Of(LogLevel.Warning));
    }

    [Fact]
    public void A_start_states_its_position_and_lanes_wait_from_there()
    {
        _progress.Release();

        _reports.Started(new GlobalSeq(40), new GlobalSeq(60));
        _reports.CaughtUp(FoldComposition.Default.Create(s_chain));

        Assert.Equal(new GlobalSeq(40), _progress.Applied);
        Assert.Equal("Chain 5: the fold starts at 40; the log ends at 60", _lines.All[0].Text);
        Assert.StartsWith("Chain 5: the fold has caught up at 0, digest ", _lines.All[1].Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Lanes_do_not_wait_for_a_fold_that_has_ended(bool fails)
    {
        var waiting = _progress.WaitAsync(new GlobalSeq(1_000), CancellationToken.None).AsTask();

        if (fails)
        {
            _reports.Failed(new GlobalSeq(6), new InvalidOperationException("a bug"));
        }
        else
        {
            _reports.Stopped(new GlobalSeq(6));
        }

        await waiting.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        Assert.Equal(fails ? ["Chain 5: the fold stopped after 6; the log continues without it"] : [], _lines.Of(LogLevel.Error));
    }

    public void Dispose()
    {
        _meter.Dispose();
        _measured.Dispose();
        _lines.Dispose();
    }
}
