using Mempulse.Grains.Ingest;
using Mempulse.Grains.Tests.Logs;
using Mempulse.Grains.Tests.Worlds;
using Mempulse.Net.Sinks;
using Mempulse.Primitives;
using Mempulse.Testing.SimulatedDisk;

namespace Mempulse.Grains.Tests.Ingest;

/// <summary>Every answer of the sequencer has its outcome, and a lane waits exactly when the fold is too far behind.</summary>
public sealed class SequencerSinkTests : IAsyncDisposable
{
    private const ulong MaxLag = 10;

    private readonly TestLog _log = new(new SimulatedFileSystem(seed: 8));
    private readonly ScriptedSequencer _sequencer;
    private readonly SequencerSink _sink;

    public SequencerSinkTests()
    {
        _sequencer = new ScriptedSequencer(_log.Log);
        _sink = new SequencerSink(_sequencer.Grain, MaxLag);
    }

    [Theory]
    [InlineData(SequencerFate.Answered, AppendStatus.Appended, "")]
    [InlineData(SequencerFate.TimedOut, AppendStatus.Unknown, "The call timed out.")]
    [InlineData(SequencerFate.AnswerLost, AppendStatus.Unknown, "The answer was lost.")]
    [InlineData(SequencerFate.SiloGone, AppendStatus.Unknown, "The silo is gone.")]
    [InlineData(SequencerFate.NoRoom, AppendStatus.Refused, "The volume is full.")]
    [InlineData(SequencerFate.Unavailable, AppendStatus.Refused, "Another writer has the log.")]
    public async Task Every_answer_has_its_outcome_and_its_reason(SequencerFate fate, AppendStatus status, string detail)
    {
        _sequencer.Fate = (_, _) => fate;

        var outcome = await _sink.AppendAsync(TestLog.Sightings(1, 2), CancellationToken.None);

        Assert.Equal((status, detail), (outcome.Status, outcome.Detail));
    }

    [Fact]
    public async Task What_no_retry_helps_against_is_thrown()
    {
        _sequencer.Fate = (_, _) => SequencerFate.Bug;

        await Assert.ThrowsAsync<InvalidOperationException>(() => _sink.AppendAsync(TestLog.Sightings(1, 2), CancellationToken.None).AsTask());
    }

    [Theory]
    [InlineData(0UL, false)]
    [InlineData(MaxLag, false)]
    [InlineData(MaxLag + 1, true)]
    [InlineData(MaxLag + 90, true)]
    public async Task A_lane_waits_only_while_more_events_than_the_limit_are_not_folded(ulong lag, bool waits)
    {
        _sequencer.Amend = answer => answer with { Watermark = new GlobalSeq(1_000), Applied = new GlobalSeq(1_000 - lag) };
        _sequencer.Wait = (atLeast, _) => ValueTask.FromResult(atLeast);

        var outcome = await _sink.AppendAsync(TestLog.Sightings(1, 1), CancellationToken.None);

        Assert.Equal(AppendStatus.Appended, outcome.Status);
        Assert.Equal(waits ? [new GlobalSeq(1_000 - (MaxLag / 2))] : [], _sequencer.Waits);
    }

    [Fact]
    public async Task It_waits_again_until_half_the_limit_is_left()
    {
        var goal = new GlobalSeq(1_000 - (MaxLag / 2));
        _sequencer.Amend = answer => answer with { Watermark = new GlobalSeq(1_000), Applied = new GlobalSeq(1) };
        _sequencer.Wait = (_, number) => ValueTask.FromResult(number < 3 ? new GlobalSeq(goal.Value - 1) : goal);

        await _sink.AppendAsync(TestLog.Sightings(1, 1), CancellationToken.None);

        Assert.Equal([goal, goal, goal], _sequencer.Waits);
    }

    [Fact]
    public async Task A_wait_that_is_cancelled_ends_and_one_that_times_out_repeats_the_append()
    {
        using var cancel = new CancellationTokenSource();
        _sequencer.Amend = answer => answer with { Watermark = new GlobalSeq(1_000), Applied = new GlobalSeq(1) };
        _sequencer.Wait = (_, _) => throw new TimeoutException("The fold does not answer.");
        var batch = TestLog.Sightings(1, 1);
        Assert.Equal(AppendStatus.Unknown, (await _sink.AppendAsync(batch, cancel.Token)).Status);

        _sequencer.Wait = async (_, number) =>
        {
            Assert.True(number < 100, "it still waits");
            await cancel.CancelAsync();
            return new GlobalSeq(1);
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _sink.AppendAsync(batch, cancel.Token).AsTask());

        _sequencer.Wait = (atLeast, _) => ValueTask.FromResult(atLeast);
        Assert.Equal(AppendStatus.Appended, (await _sink.AppendAsync(batch, CancellationToken.None)).Status);
        Assert.Equal(1UL, _log.Log.Reader.Watermark.Value);
    }

    public ValueTask DisposeAsync() => _log.DisposeAsync();
}
