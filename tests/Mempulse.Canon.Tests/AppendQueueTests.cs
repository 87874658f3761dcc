using Mempulse.Canon.Appending;
using Mempulse.Canon.Fencing;
using Mempulse.Primitives;
using Mempulse.Primitives.Records;
using Mempulse.Testing.SimulatedDisk;
using Mempulse.Testing.Waiting;

namespace Mempulse.Canon.Tests;

/// <summary>The queue of batches is bounded, can be filled and drained repeatedly, and wakes its waiters.</summary>
public sealed class AppendQueueTests
{
    private const int Capacity = 4;
    private const int Waiters = 9;

    private static readonly int BatchBytes = Batches.Seen(SyncLog.Lane, 1, 1).SizeBytes;

    private readonly AppendQueue _queue = new(Capacity);
    private readonly List<PendingAppend> _taken = [];
    private ulong _next = 1;

    public static TheoryData<Exception, Type> Reasons => new()
    {
        { new LogFencedException(new Epoch(1), new Epoch(2)), typeof(LogFencedException) },
        { new LogFullException("full"), typeof(LogFullException) },
        { new LogUnreachableException("away"), typeof(LogUnreachableException) },
        { new ObjectDisposedException("log"), typeof(ObjectDisposedException) },
        { new SyncFailedException("fdatasync"), typeof(LogFailedException) },
        { new InvalidOperationException("a bug"), typeof(LogFailedException) },
    };

    /// <summary>Ends a test whose wait would not end; nothing is proven by it.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_queue_that_was_full_of_batches_and_waiters_three_times_still_accepts_as_many()
    {
        for (int round = 0; round < 3; round++)
        {
            var outcomes = Enumerable.Range(0, Capacity + Waiters).Select(number => Enqueue(number)).ToList();
            Assert.Equal(Capacity, QueuedNow());

            int completed = 0;
            while (completed < outcomes.Count)
            {
                completed += await CompleteAllAsync(atLeast: 1);
            }

            var results = await Task.WhenAll(outcomes).WaitAsync(Limit, Now);
            Assert.Equal(Enumerable.Range((round * (Capacity + Waiters)) + 1, Capacity + Waiters).Select(seq => (ulong)seq), results.Select(result => result.First.Value).Order());
        }
    }

    [Fact]
    public async Task Each_place_that_becomes_free_is_given_to_a_waiter()
    {
        var first = Enumerable.Range(0, Capacity).Select(Enqueue).ToList();
        var waiting = Enumerable.Range(0, Waiters).Select(Enqueue).ToList();

        await TakeAsync(BatchBytes);
        Assert.Single(_taken);
        await UntilQueuedAsync(Capacity); // one of the waiters took the place
        Complete();

        for (int left = Capacity + Waiters - 1; left > 0; left--)
        {
            await UntilQueuedAsync(Math.Min(left, Capacity));
            await TakeAsync(BatchBytes);
            Complete();
        }

        await Task.WhenAll(first.Concat(waiting)).WaitAsync(Limit, Now);
    }

    [Fact]
    public async Task A_waiter_that_gives_up_leaves_its_place_to_the_others()
    {
        _ = Enumerable.Range(0, Capacity).Select(Enqueue).ToList();
        using var givesUp = new CancellationTokenSource();
        var leaving = _queue.Enqueue(Batch(1), AcknowledgeOn.Pool, givesUp.Token).AsTask();
        var staying = Enqueue(2);
        await givesUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leaving);

        await CompleteAllAsync(atLeast: Capacity + 1);

        await staying.WaitAsync(Limit, Now);
    }

    [Theory]
    [InlineData(0, 3)]
    [InlineData(-1, 2)]
    public async Task A_group_is_filled_to_exactly_the_target(int difference, int count)
    {
        _ = Enumerable.Range(0, Capacity).Select(Enqueue).ToList();

        await TakeAsync((3 * BatchBytes) + difference);

        Assert.Equal(count, _taken.Count);
        Complete();
        await TakeAsync(1);
        Assert.Single(_taken); // a batch above the target is taken alone
    }

    [Theory]
    [MemberData(nameof(Reasons))]
    public async Task Closing_wakes_the_waiters_and_refuses_new_batches_each_with_an_exception_of_its_own_and_leaves_the_queued_to_the_writer(Exception reason, Type kind)
    {
        var queued = Enumerable.Range(0, Capacity).Select(Enqueue).ToList();
        var waiting = Enumerable.Range(0, Waiters).Select(Enqueue).ToList();

        _queue.Close(reason);
        _queue.Close(new InvalidOperationException("the first reason stays"));

        var refused = new List<Exception>();
        foreach (var waiter in waiting.Append(Enqueue(1)))
        {
            refused.Add(await Assert.ThrowsAnyAsync<Exception>(() => waiter.WaitAsync(Limit, Now)));
        }

        Assert.All(refused, error => Assert.IsType(kind, error));
        Assert.All(refused, error => Assert.Contains(reason is ObjectDisposedException ? "log" : reason.Message, error.Message, StringComparison.Ordinal));
        Assert.Equal(refused.Count, refused.Distinct(ReferenceEqualityComparer.Instance).Count());
        Assert.DoesNotContain(reason, refused);
        await TakeAsync(int.MaxValue);
        Assert.Equal(Capacity, _taken.Count);
        Complete();
        await Task.WhenAll(queued).WaitAsync(Limit, Now);
        Assert.False(_queue.Take(_taken, int.MaxValue));
    }

    [Fact]
    public async Task A_parked_writer_is_woken_by_a_batch_and_by_closing()
    {
        for (int round = 0; round < 10; round++)
        {
            var queue = new AppendQueue(1);
            var taken = new List<PendingAppend>();
            var outcome = new TaskCompletionSource<bool>();
            var writer = new Thread(() => outcome.SetResult(queue.Take(taken, 1))) { IsBackground = true };
            writer.Start();
            await Until.TrueAsync(() => writer.ThreadState.HasFlag(ThreadState.WaitSleepJoin), "the writer is parked");
            if (round % 2 == 0)
            {
                _ = queue.Enqueue(Batch(1), AcknowledgeOn.Pool, Now).AsTask();
            }
            else
            {
                queue.Close(new ObjectDisposedException("log"));
            }

            Assert.Equal(round % 2 == 0, await outcome.Task.WaitAsync(Limit, Now));
        }
    }

    [Fact]
    public async Task A_log_whose_queue_was_full_while_its_disk_hung_appends_everything_when_the_disk_goes_on_twice()
    {
        var disk = new SimulatedFileSystem(1);
        using var log = EventLog.Open(new EventLogOptions { Directory = SyncLog.Directory, Chain = new ChainId(1), Files = disk, QueueCapacityBatches = 2 });
        for (ulong round = 0; round < 2; round++)
        {
            var goesOn = new TaskCompletionSource();
            disk.Faults = call =>
            {
                if (call.Path.EndsWith(Format.SegmentName.Extension, StringComparison.Ordinal))
                {
                    goesOn.Task.Wait(Now);
                }

                return DiskFault.None;
            };

            // Each lane appends once, so the order in which they get in does not matter.
            var appends = Enumerable.Range(0, 50).Select(lane => log.AppendAsync(Batches.Seen(LaneId.Of($"lane {lane}"), round + 1, 1), Now).AsTask()).ToList();
            goesOn.SetResult();
            var results = await Task.WhenAll(appends).WaitAsync(Limit, Now);

            Assert.Equal(Enumerable.Range(1, 50).Select(seq => (round * 50) + (ulong)seq), results.Select(result => result.First.Value).Order());
        }
    }

    private static EventBatch Batch(int number) => Batches.Seen(SyncLog.Lane, (ulong)number + 1, 1);

    private Task<AppendResult> Enqueue(int number) => _queue.Enqueue(Batch(number), AcknowledgeOn.Pool, Now).AsTask();

    /// <summary>Takes what is queued; the call blocks while nothing is.</summary>
    private async Task TakeAsync(int targetBytes) =>
        Assert.True(await Task.Factory.StartNew(() => _queue.Take(_taken, targetBytes), Now, TaskCreationOptions.LongRunning, TaskScheduler.Default).WaitAsync(Limit, Now));

    private void Complete()
    {
        foreach (var pending in _taken)
        {
            pending.Place(new GlobalSeq(_next++), 1, 0);
            pending.Complete(new GlobalSeq(_next - 1));
        }

        _taken.Clear();
    }

    /// <summary>Takes and completes what is queued; waiters that are woken queue on other threads, so more may come.</summary>
    private async Task<int> CompleteAllAsync(int atLeast)
    {
        int completed = 0;
        while (completed < atLeast)
        {
            await TakeAsync(int.MaxValue);
            completed += _taken.Count;
            Complete();
        }

        return completed;
    }

    private int QueuedNow() => _queue.Count;

    private Task UntilQueuedAsync(int count) => Mempulse.Testing.Waiting.Until.TrueAsync(() => QueuedNow() == count, $"{count} batches are queued");
}
