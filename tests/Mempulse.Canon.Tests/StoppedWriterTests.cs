using Mempulse.Canon.Appending;
using Mempulse.Canon.Format;
using Mempulse.Primitives;
using Mempulse.Testing.SimulatedDisk;

namespace Mempulse.Canon.Tests;

/// <summary>After a failure that is final nothing is appended, sealed or acknowledged any more, and every caller learns of it.</summary>
public sealed class StoppedWriterTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly SimulatedFileSystem _disk = new(1);

    [Fact]
    public async Task A_failed_sync_refuses_the_commit_in_flight_the_queued_ones_and_all_later_ones_and_seals_nothing()
    {
        var log = EventLog.Open(SyncLog.Options(_disk));
        Assert.Equal(1, (await log.AppendAsync(Batches.Seen(LaneId.Of("before"), 1, 1), CancellationToken.None)).Count);
        var isInFlight = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var goesOn = new TaskCompletionSource();
        bool hasFailed = false;
        var after = new List<DiskCall>();
        _disk.Faults = call =>
        {
            if (hasFailed && IsSegment(call))
            {
                after.Add(call);
            }

            if (!hasFailed && IsSegment(call) && call.Kind == DiskCallKind.Sync)
            {
                isInFlight.SetResult();
                goesOn.Task.Wait(CancellationToken.None);
                hasFailed = true;
                return DiskFault.Error;
            }

            return DiskFault.None;
        };
        var inFlight = log.AppendAsync(Batches.Seen(LaneId.Of("in flight"), 1, 1), CancellationToken.None).AsTask();
        await isInFlight.Task.WaitAsync(Limit, TestContext.Current.CancellationToken);
        var queued = Enumerable.Range(0, 20).Select(lane => log.AppendAsync(Batches.Seen(LaneId.Of($"lane {lane}"), 1, 1), CancellationToken.None).AsTask()).ToList();
        goesOn.SetResult();

        foreach (var append in queued.Prepend(inFlight))
        {
            var refused = await Assert.ThrowsAsync<LogFailedException>(() => append.WaitAsync(Limit, TestContext.Current.CancellationToken));
            Assert.Contains("Cannot sync", refused.Message, StringComparison.Ordinal);
        }

        Assert.IsType<SyncFailedException>(log.Failure);
        await Assert.ThrowsAsync<LogFailedException>(() => log.AppendAsync(Batches.Seen(LaneId.Of("later"), 1, 1), CancellationToken.None).AsTask().WaitAsync(Limit, TestContext.Current.CancellationToken));
        Assert.Equal(new GlobalSeq(1), log.Watermark);
        log.Dispose();
        log.Dispose();
        Assert.Empty(after);
        _disk.Faults = _ => DiskFault.None;

        using var again = EventLog.Open(SyncLog.Options(_disk));
        Assert.False(again.Recovery.ClosedCleanly);
        Assert.Null(again.Failure);
    }

    [Fact]
    public async Task An_observer_that_throws_stops_the_writer_after_its_commit()
    {
        var options = SyncLog.Options(_disk, observer: new Throwing());
        using var log = EventLog.Open(options);

        Assert.Equal(1, (await log.AppendAsync(Batches.Seen(SyncLog.Lane, 1, 1), CancellationToken.None).AsTask().WaitAsync(Limit, TestContext.Current.CancellationToken)).Count);
        await Assert.ThrowsAsync<LogFailedException>(() => AppendUntilRefusedAsync(log));

        Assert.IsType<InvalidOperationException>(log.Failure);
    }

    private static bool IsSegment(DiskCall call) => call.Path.EndsWith(SegmentName.Extension, StringComparison.Ordinal);

    private static async Task AppendUntilRefusedAsync(EventLog log)
    {
        // The first append is acknowledged before the observer is called, so this one may still be queued.
        for (ulong local = 2; ; local++)
        {
            await log.AppendAsync(Batches.Seen(SyncLog.Lane, local, 1), CancellationToken.None).AsTask().WaitAsync(Limit, TestContext.Current.CancellationToken);
        }
    }

    private sealed class Throwing : ICommitObserver
    {
        public void Committed(Primitives.Records.SequencedBatch batch) => throw new InvalidOperationException("The observer failed.");
    }
}
