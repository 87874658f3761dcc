using Mempulse.Net.Ingest;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Net.Tests.Ingest;

/// <summary>The queue at its exact limits, filled and drained again and again; whoever waits for room or for items is woken.</summary>
public sealed class IngestQueueTests
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(30);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public void It_holds_exactly_its_capacity_each_time_it_is_filled()
    {
        using var queue = new IngestQueue(new IngestPipelineOptions { QueueCapacityItems = 5, DecodeWorkers = 1, ChunkItems = 100 });
        for (int round = 1; round <= 3; round++)
        {
            Assert.Equal(PostOutcome.Accepted, queue.TryPost(Sighting(0)));
            Assert.Equal(round == 1 ? 1 : 5, queue.Peak);
            Assert.All(Enumerable.Range(1, 4), i => Assert.Equal(PostOutcome.Accepted, queue.TryPost(Sighting(i))));
            Assert.Equal(PostOutcome.Full, queue.TryPost(Sighting(5)));
            Assert.Equal((5, 5, 5L * round), (queue.Depth, queue.Peak, queue.AcceptedCount));

            Assert.Equal([0, 1, 2, 3, 4], Take(queue).Items);
            Assert.Equal(0, queue.Depth);
        }
    }

    [Fact]
    public void It_holds_exactly_its_bytes_each_time_it_is_filled()
    {
        const int half = 1 << 11;
        using var queue = new IngestQueue(new IngestPipelineOptions { QueueCapacityBytes = 2 * half, MaxBodyBytes = half, DecodeWorkers = 1, ChunkItems = 1 });
        for (int round = 0; round < 3; round++)
        {
            Assert.Equal([PostOutcome.Accepted, PostOutcome.Accepted, PostOutcome.Full], Enumerable.Range(0, 3).Select(_ => queue.TryPost(Body(half))));
            Assert.Equal(PostOutcome.Accepted, queue.TryPost(Sighting(1))); // without a body there is room
            Drain(queue);
        }

        Assert.Equal((PostOutcome.Accepted, PostOutcome.Oversize), (queue.TryPost(Body(half)), queue.TryPost(Body(half + 1))));
    }

    [Theory]
    [InlineData(64, 1, 4, 4)] // a chunk's limit
    [InlineData(64, 4, 64, 16)] // a share for each worker
    [InlineData(20, 8, 64, 8)] // the least that is worth a lock
    [InlineData(3, 8, 64, 3)] // all there is
    public void A_chunk_takes_its_share(int posted, int workers, int chunkItems, int expected)
    {
        using var queue = new IngestQueue(new IngestPipelineOptions { DecodeWorkers = workers, ChunkItems = chunkItems });
        Assert.All(Enumerable.Range(0, posted), i => queue.TryPost(Sighting(i)));

        var (first, second) = (Take(queue), posted > expected ? Take(queue) : default);

        Assert.Equal((0L, expected), (first.Number, first.Items.Count));
        Assert.True(second == default || (second.Number == 1 && second.Items[0] == expected));
    }

    [Fact]
    public async Task Posts_that_wait_are_accepted_in_order_when_half_of_the_queue_is_free_and_go_before_later_ones()
    {
        using var queue = new IngestQueue(new IngestPipelineOptions { QueueCapacityItems = 8, DecodeWorkers = 1, ChunkItems = 1 });
        for (int round = 0; round < 3; round++)
        {
            // Also the places that are kept for posts that wait are bounded.
            int held = 0;
            for (; held < 8; held++)
            {
                Assert.Equal(PostOutcome.Accepted, queue.TryPost(Sighting(held)));
            }

            var waiting = new List<Task<PostOutcome>>();
            while (waiting.Count == 0 || waiting[^1].IsCompleted)
            {
                waiting.Add(queue.PostAsync(Sighting(held++), Cancelled).AsTask());
            }

            waiting.Add(queue.PostAsync(Sighting(held++), Cancelled).AsTask());
            Assert.Equal(PostOutcome.Full, queue.TryPost(Sighting(99)));
            Assert.InRange(held, 10, 8 + 64 + 2);

            var taken = new List<int>();
            while (taken.Count < held)
            {
                taken.AddRange(Take(queue).Items);
                if (queue.Depth <= 4)
                {
                    await Task.WhenAll(waiting).WaitAsync(s_limit, Cancelled);
                }
            }

            Assert.All(waiting, post => Assert.Equal(PostOutcome.Accepted, post.Result));
            Assert.Equal(Enumerable.Range(0, held), taken);
        }
    }

    [Fact]
    public async Task A_post_that_waits_for_bytes_is_woken_although_few_items_are_queued()
    {
        const int size = 1 << 11;
        using var queue = new IngestQueue(new IngestPipelineOptions { QueueCapacityBytes = 2 * size, MaxBodyBytes = size, DecodeWorkers = 1, ChunkItems = 1 });
        queue.TryPost(Body(size));
        queue.TryPost(Body(size));

        var waiting = queue.PostAsync(Body(size), Cancelled).AsTask();
        Assert.False(waiting.IsCompleted);
        Take(queue);

        Assert.Equal(PostOutcome.Accepted, await waiting.WaitAsync(s_limit, Cancelled));
    }

    [Fact]
    public async Task Large_facts_wait_for_the_bytes_of_those_before_them_and_one_alone_may_be_larger()
    {
        using var queue = new IngestQueue(new IngestPipelineOptions { DecodeWorkers = 1, ChunkItems = 1 });
        for (int round = 0; round < 3; round++)
        {
            Assert.Equal(PostOutcome.Accepted, queue.TryPost(Fact(IngestQueue.MaxFactBytes + 1)));
            Assert.Equal((PostOutcome.Full, PostOutcome.Accepted), (queue.TryPost(Fact(1)), queue.TryPost(Sighting(1))));
            Drain(queue);
            Assert.Equal((PostOutcome.Accepted, PostOutcome.Accepted), (queue.TryPost(Fact(IngestQueue.MaxFactBytes - 1)), queue.TryPost(Fact(1))));

            var waiting = queue.PostAsync(Fact(2), Cancelled).AsTask();
            Assert.False(waiting.IsCompleted);
            Take(queue);

            Assert.Equal(PostOutcome.Accepted, await waiting.WaitAsync(s_limit, Cancelled));
            Drain(queue);
        }
    }

    [Fact]
    public async Task A_cancelled_post_leaves_its_turn_to_the_next_and_its_item_out()
    {
        using var queue = new IngestQueue(new IngestPipelineOptions { QueueCapacityItems = 1, DecodeWorkers = 1, ChunkItems = 1 });
        using var stop = new CancellationTokenSource();
        var posts = new List<Task<PostOutcome>>();
        for (int i = 0; posts.Count == 0 || posts[^1].IsCompleted; i++)
        {
            posts.Add(queue.PostAsync(Sighting(i), posts.Count < 65 ? Cancelled : stop.Token).AsTask()); // one place, and 64 for those that wait
        }

        int cancelled = posts.Count - 1;
        var next = queue.PostAsync(Sighting(cancelled + 1), Cancelled).AsTask();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => posts[^1].WaitAsync(s_limit, Cancelled));

        List<int> taken = [];
        while (taken.Count < cancelled)
        {
            taken.AddRange(Take(queue).Items);
        }

        Assert.Equal(PostOutcome.Accepted, await next.WaitAsync(s_limit, Cancelled));
        Assert.Equal([cancelled + 1], Take(queue).Items);
        Assert.Equal(Enumerable.Range(0, cancelled), taken);
        Assert.Equal(PostOutcome.Accepted, queue.TryPost(Sighting(1)));
    }

    [Fact]
    public async Task Closing_wakes_a_post_that_waits_and_every_taker_and_what_is_queued_is_still_taken()
    {
        using var queue = new IngestQueue(new IngestPipelineOptions { QueueCapacityItems = 1, DecodeWorkers = 1, ChunkItems = 1 });
        var posts = new List<Task<PostOutcome>>();
        for (int i = 0; posts.Count == 0 || posts[^1].IsCompleted; i++)
        {
            posts.Add(queue.PostAsync(Sighting(i), Cancelled).AsTask());
        }

        queue.Close();

        Assert.Equal(PostOutcome.Closed, await posts[^1].WaitAsync(s_limit, Cancelled));
        Assert.Equal((PostOutcome.Closed, PostOutcome.Closed), (queue.TryPost(Sighting(0)), await queue.PostAsync(Sighting(0), Cancelled)));
        Assert.Equal(posts.Count - 1, Drain(queue));
        Assert.False(queue.Take(new DecodeChunk(LaneId.Of("lane"))));
    }

    [Fact]
    public async Task A_taker_that_waits_is_woken_by_a_post_and_by_the_end()
    {
        using var queue = new IngestQueue(new IngestPipelineOptions { DecodeWorkers = 1 });
        for (int round = 0; round < 3; round++)
        {
            var taking = Task.Factory.StartNew(() => Take(queue), Cancelled, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            queue.TryPost(Sighting(round));
            Assert.Equal([round], (await taking.WaitAsync(s_limit, Cancelled)).Items);
        }

        Task<bool>[] ending =
        [
            .. Enumerable.Range(0, 3).Select(_ => Task.Factory.StartNew(() => queue.Take(new DecodeChunk(LaneId.Of("lane"))), Cancelled, TaskCreationOptions.LongRunning, TaskScheduler.Default)),
        ];
        queue.Close();
        Assert.DoesNotContain(true, await Task.WhenAll(ending).WaitAsync(s_limit, Cancelled));
    }

    private static (long Number, List<int> Items) Take(IngestQueue queue)
    {
        var chunk = new DecodeChunk(LaneId.Of("lane"));
        Assert.True(queue.Take(chunk));
        return (chunk.Number, [.. Enumerable.Range(0, chunk.Count).Select(i => (int)chunk[i].Item.Timestamp.Value)]);
    }

    private static int Drain(IngestQueue queue)
    {
        int taken = 0;
        while (queue.Depth > 0)
        {
            taken += Take(queue).Items.Count;
        }

        return taken;
    }

    private static IngestItem Fact(int size) => IngestItem.LargeFact(new LogEvent.ChainGap(default, default, string.Empty), size, default, default);

    private static IngestItem Sighting(int number) => IngestItem.Sighting(default, SightingVia.HashSubscription, default, new UnixNanoseconds(number));

    private static IngestItem Body(int bytes) => IngestItem.FetchedBody(new byte[bytes], default, default, default);
}
