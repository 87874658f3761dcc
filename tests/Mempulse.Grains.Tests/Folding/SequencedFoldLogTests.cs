using Mempulse.Folding.Following;
using Mempulse.Grains.Folding;
using Mempulse.Grains.Tests.Logs;
using Mempulse.Grains.Tests.Worlds;
using Mempulse.Primitives;
using Mempulse.Testing.SimulatedDisk;

namespace Mempulse.Grains.Tests.Folding;

/// <summary>The log as a fold uses it in a silo: read directly, appended to through the sequencer.</summary>
public sealed class SequencedFoldLogTests : IAsyncDisposable
{
    private readonly TestLog _log = new(new SimulatedFileSystem(seed: 9));
    private readonly ScriptedSequencer _sequencer;
    private readonly SequencedFoldLog _port;
    private int _appended;

    public SequencedFoldLogTests()
    {
        _sequencer = new ScriptedSequencer(_log.Log);
        _port = new SequencedFoldLog(_log.Log, _sequencer.Grain, _ => _appended++);
    }

    [Theory]
    [InlineData(SequencerFate.Answered, true, "")]
    [InlineData(SequencerFate.TimedOut, false, "The call timed out.")]
    [InlineData(SequencerFate.AnswerLost, false, "The answer was lost.")]
    [InlineData(SequencerFate.SiloGone, false, "The silo is gone.")]
    [InlineData(SequencerFate.NoRoom, false, "The volume is full.")]
    [InlineData(SequencerFate.Unavailable, false, "Another writer has the log.")]
    public async Task Only_an_answer_that_the_batch_is_durable_is_one(SequencerFate fate, bool isDurable, string detail)
    {
        _sequencer.Fate = (_, _) => fate;

        var answer = await _port.AppendAsync(TestLog.Sightings(1, 2));

        Assert.Equal((isDurable, detail, isDurable ? 1 : 0), (answer.IsDurable, answer.Detail, _appended));
    }

    [Fact]
    public async Task What_no_retry_helps_against_stops_the_fold()
    {
        _sequencer.Fate = (_, _) => SequencerFate.Bug;

        await Assert.ThrowsAsync<InvalidOperationException>(() => _port.AppendAsync(TestLog.Sightings(1, 2)).AsTask());
    }

    [Fact]
    public async Task It_shows_the_log_and_feeds_the_follower_with_its_commits()
    {
        using var follower = new LogFollower(_port.Reader, GlobalSeq.None, new FollowerOptions(), TimeProvider.System);
        _port.Attach(follower);

        await _port.AppendAsync(TestLog.Sightings(1, 7));

        Assert.Equal((7UL, 7UL), (_port.Reader.Watermark.Value, _port.LastSequence(TestLog.Lane)!.Value.LocalSeq));
        Assert.Equal(_log.Events.Epoch, _port.Epoch);
        Assert.Null(_port.LastSequence(LaneId.Of("another")));
        Assert.Equal(new GlobalSeq(7), follower.Watermark); // offered by the commit: nothing was read
    }

    public ValueTask DisposeAsync() => _log.DisposeAsync();
}
