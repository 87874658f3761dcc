using System.Globalization;
using System.Reflection;
using Mempulse.Canon.Files;
using Mempulse.Canon.Snapshots;
using Mempulse.Folding;
using Mempulse.Folding.Checkpoints;
using Mempulse.Folding.Replays;
using Mempulse.Grains.Abstractions;
using Mempulse.Grains.Abstractions.Replays;
using Mempulse.Grains.Replays;
using Mempulse.Grains.Tests.Logs;
using Mempulse.Grains.Tests.Worlds;
using Mempulse.Primitives;
using Mempulse.Testing.SimulatedDisk;

namespace Mempulse.Grains.Tests.Hosting;

/// <summary>One replay of a log runs at a time, one that failed says why and is tried again, and no answer is over more than a million events.</summary>
public sealed class ReplayGrainTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("mempulse-replays-").FullName;
    private volatile Action _onList = static () => { };

    [Fact]
    public async Task A_second_range_is_refused_while_one_is_replayed_and_answered_afterwards()
    {
        using var held = new ManualResetEventSlim();
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var silo = await StartAsync();
        _onList = () =>
        {
            reached.TrySetResult();
            held.Wait();
        };

        var first = silo.Grains.Replays(TestSilo.Chain).Replay(new GlobalSeq(2), new GlobalSeq(8)).AsTask();
        await reached.Task;
        var second = await silo.Grains.Replays(TestSilo.Chain).Replay(new GlobalSeq(3), new GlobalSeq(9));
        held.Set();

        Assert.Equal((ReplayOutcome.Busy, 2UL, 8UL, "The replay of 2 to 8 is in progress, at 0."), (second.Outcome, second.From.Value, second.To.Value, second.Detail));
        Assert.Equal((ReplayOutcome.Done, 8UL), ((await first).Outcome, (await first).At.Value));
        Assert.Equal(ReplayOutcome.Done, (await silo.Grains.Replays(TestSilo.Chain).Replay(new GlobalSeq(3), new GlobalSeq(9))).Outcome);
    }

    [Fact]
    public async Task A_search_is_refused_while_a_replay_runs_and_a_cancelled_replay_makes_room()
    {
        using var held = new ManualResetEventSlim();
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var silo = await StartAsync();
        var replays = silo.Grains.Replays(TestSilo.Chain);
        _onList = () =>
        {
            reached.TrySetResult();
            held.Wait();
        };

        var first = replays.Replay(new GlobalSeq(2), new GlobalSeq(8)).AsTask();
        await reached.Task;
        var refused = await replays.Search(new GlobalSeq(2), new GlobalSeq(9));
        await replays.Cancel(new GlobalSeq(2), new GlobalSeq(9)); // another range: nothing ends
        await replays.Cancel(new GlobalSeq(2), new GlobalSeq(8));
        held.Set();
        var cancelled = await first;
        var search = await replays.Search(new GlobalSeq(2), new GlobalSeq(9));

        Assert.Equal((ReplayOutcome.Busy, "The replay of 2 to 8 is in progress, at 0."), (refused.Outcome, refused.Detail));
        Assert.Equal((ReplayOutcome.Cancelled, "The work on 2 to 8 was cancelled at 0."), (cancelled.Outcome, cancelled.Detail));
        Assert.Equal((ReplayOutcome.Done, 9UL), (search.Outcome, search.At.Value));
        Assert.Equal(ReplayOutcome.Done, (await replays.Replay(new GlobalSeq(2), new GlobalSeq(8))).Outcome);
    }

    [Fact]
    public async Task A_replay_that_failed_says_why_and_is_tried_again()
    {
        await using var silo = await StartAsync();
        _onList = static () => throw new IOException("The disk is gone."); // for the fold's checkpoints as well, which may be listed meanwhile

        var failed = await silo.Grains.Replays(TestSilo.Chain).Replay(new GlobalSeq(2), new GlobalSeq(8));
        _onList = static () => { };
        var again = await silo.Grains.Replays(TestSilo.Chain).Replay(new GlobalSeq(2), new GlobalSeq(8));

        Assert.Equal((ReplayOutcome.Failed, "The disk is gone."), (failed.Outcome, failed.Detail));
        Assert.Equal((ReplayOutcome.Done, 8UL), (again.Outcome, again.At.Value));
    }

    [Fact]
    public async Task An_answer_counts_the_divergences_of_its_range_and_not_those_before_it()
    {
        await using var log = new TestLog(new SimulatedFileSystem(seed: 31));
        await log.Events.AppendAsync(TestLog.Sightings(1, 3), CancellationToken.None);
        await log.Events.AppendAsync(TestLog.Underived(count: 4), CancellationToken.None); // at 4 to 7
        var checkpoints = new CheckpointStore(TestLog.Chain, FoldComposition.Default, new SnapshotStore(new SimulatedFileSystem(seed: 32), "/none"));

        using var stretch = new ReplayStretch(new GlobalSeq(5), new GlobalSeq(6), () => LogReplay.Open(log.Events.Reader, checkpoints, GlobalSeq.None), TimeProvider.System, CancellationToken.None);
        var answer = await stretch.Answer;

        Assert.Equal((ReplayOutcome.Done, 1L), (answer.Outcome, answer.Divergences));
    }

    [Theory]
    [InlineData(1_000_006UL, 1_000_006UL)]
    [InlineData(1_000_007UL, 1_000_006UL)]
    [InlineData(5_000_000UL, 1_000_006UL)]
    public void An_answer_ends_a_million_events_after_its_beginning_at_the_latest(ulong asked, ulong end)
    {
        using var stretch = new ReplayStretch(new GlobalSeq(6), new GlobalSeq(asked), () => throw new IOException("Not opened."), TimeProvider.System, CancellationToken.None);

        var unfinished = stretch.Unfinished();
        Assert.Equal((6UL, end), (unfinished.From.Value, unfinished.To.Value));
        Assert.Equal(string.Create(CultureInfo.InvariantCulture, $"The replay of 6 to {end} is in progress, at 0."), unfinished.Detail);
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    /// <summary>A silo whose log holds more than ten events; listing its checkpoints does what the test sets.</summary>
    private async Task<TestSilo> StartAsync()
    {
        var files = ScriptedGrain.OfMethods<ILogFileSystem>((method, arguments) =>
        {
            if (method.Name == nameof(ILogFileSystem.List) && ((string)arguments[0]!).EndsWith("checkpoints", StringComparison.Ordinal))
            {
                _onList();
            }

            return method.Invoke(PosixFileSystem.Instance, BindingFlags.DoNotWrapExceptions, null, arguments, CultureInfo.InvariantCulture);
        });
        var silo = await TestSilo.StartAsync(_directory, logs: options => options.Files = files);
        await silo.Grains.Sequencer(TestSilo.Chain).Append(TestLog.Sightings(1, 10));
        await silo.SettleAsync();
        return silo;
    }
}
