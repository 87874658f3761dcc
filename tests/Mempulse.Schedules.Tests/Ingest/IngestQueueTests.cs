using System.Diagnostics.CodeAnalysis;
using Mempulse.Net.Ingest;
using Mempulse.Primitives;
using Mempulse.Scheduling;
using Mempulse.Schedules.Tests.Scenarios;

namespace Mempulse.Schedules.Tests.Ingest;

[SuppressMessage("Reliability", "CA2025:Ensure tasks using IDisposable instances complete before the instances are disposed", Justification = "Each test awaits its tasks before it disposes what they use.")]
public sealed class IngestQueueTests
{
    private const int PerProducer = 3;

    [Fact]
    public void Posts_that_wait_for_room_are_all_taken_once_and_in_order() => Exploration.Explore(async () =>
    {
        using var queue = new IngestQueue(Options());
        var chunks = new SortedDictionary<long, List<(int Producer, int Number)>>();
        var takers = StartTakers(queue, chunks);

        await Task.WhenAll(Producer(queue, 1, null), Producer(queue, 2, null), Producer(queue, 3, null));
        queue.Close();
        takers.ForEach(taker => taker.Join());

        var taken = AssertDense(chunks);
        Assert.All([1, 2, 3], producer => Assert.Equal(
            Enumerable.Range(1, PerProducer), taken.Where(item => item.Producer == producer).Select(item => item.Number)));
    });

    [Fact]
    public void Closing_answers_every_post_and_keeps_those_it_accepted() => Exploration.Explore(async () =>
    {
        using var queue = new IngestQueue(Options());
        var chunks = new SortedDictionary<long, List<(int Producer, int Number)>>();
        var accepted = new List<(int Producer, int Number)>();
        var takers = StartTakers(queue, chunks);

        var posting = Task.WhenAll(Producer(queue, 1, accepted), Producer(queue, 2, accepted), Producer(queue, 3, accepted));
        queue.Close();
        await posting;
        takers.ForEach(taker => taker.Join());

        Assert.Equal(accepted.Order(), AssertDense(chunks).Order());
        Assert.Equal(PostOutcome.Closed, queue.TryPost(Item(1, 9)));
    });

    [Fact]
    public void Closing_answers_a_post_that_waits_though_nothing_is_taken_any_more() => Exploration.Explore(async () =>
    {
        using var queue = new IngestQueue(Options());
        var accepted = new List<(int Producer, int Number)>();

        var posting = Task.WhenAll(Producer(queue, 1, accepted), Producer(queue, 2, accepted));
        queue.Close();
        await posting;

        Assert.True(accepted.Count <= 2);
    });

    [Fact]
    public void A_cancelled_post_leaves_the_queue_to_the_others() => Exploration.Explore(async () =>
    {
        using var queue = new IngestQueue(Options());
        using var cancellation = new CancellationTokenSource();
        var token = cancellation.Token;
        var chunks = new SortedDictionary<long, List<(int Producer, int Number)>>();
        var cancelled = Exploration.Run("cancelled", async () =>
        {
            try
            {
                for (int number = 1; number <= PerProducer; number++)
                {
                    await queue.PostAsync(Item(3, number), token);
                }
            }
            catch (OperationCanceledException)
            {
                // one of the possible outcomes
            }
        });
        var others = Task.WhenAll(Producer(queue, 1, null), Producer(queue, 2, null));
        var canceller = Schedule.Start("canceller", () => Schedule.Uninterrupted(cancellation.Cancel));
        var takers = StartTakers(queue, chunks);

        await cancelled;
        await others;
        canceller.Join();
        queue.Close();
        takers.ForEach(taker => taker.Join());

        Assert.Equal(2 * PerProducer, AssertDense(chunks).Count(item => item.Producer != 3));
    });

    [Fact]
    public void A_signal_is_kept_for_the_next_wait_or_wakes_the_waiter() => Exploration.Explore(async () =>
    {
        var signal = new AsyncSignal();
        int left = 4;
        var setters = Enumerable.Range(0, 2).Select(_ => Schedule.Start("setter", () =>
        {
            for (int set = 0; set < 2; set++)
            {
                left--;
                signal.Set();
            }
        })).ToList();

        while (left > 0)
        {
            await signal.WaitAsync();
        }

        setters.ForEach(setter => setter.Join());
    });

    /// <summary>Two bodies fill the queue's bytes.</summary>
    private static IngestPipelineOptions Options() => new() { QueueCapacityItems = 2, QueueCapacityBytes = 64, MaxBodyBytes = 64, ChunkItems = 2, DecodeWorkers = 2 };

    private static IngestItem Item(int producer, int number)
    {
        byte[] body = new byte[30];
        body.AsSpan().Fill((byte)((producer * 16) + number));
        return IngestItem.FetchedBody(body, Sightings.Hash(number), new SourceId((ulong)producer), new UnixNanoseconds(number));
    }

    private static Task Producer(IngestQueue queue, int producer, List<(int Producer, int Number)>? accepted) => Exploration.Run($"producer {producer}", async () =>
    {
        for (int number = 1; number <= PerProducer; number++)
        {
            var outcome = await queue.PostAsync(Item(producer, number), CancellationToken.None);
            if (outcome == PostOutcome.Accepted)
            {
                accepted?.Add((producer, number));
            }
            else
            {
                Assert.True(accepted is not null && outcome == PostOutcome.Closed, $"a post that may wait ended as {outcome}");
            }
        }
    });

    private static List<IStrand> StartTakers(IngestQueue queue, SortedDictionary<long, List<(int Producer, int Number)>> chunks) =>
        [.. Enumerable.Range(0, 2).Select(_ => Schedule.Start("taker", () =>
        {
            var chunk = new DecodeChunk(LaneId.Of("lane"));
            while (queue.Take(chunk))
            {
                var items = new List<(int, int)>();
                for (int i = 0; i < chunk.Count; i++)
                {
                    var item = chunk[i].Item;
                    var (producer, number) = ((int)item.Source.Value, (int)item.Timestamp.Value);
                    Assert.All(chunk.BodyOf(chunk[i]).ToArray(), value => Assert.Equal((producer * 16) + number, value));
                    items.Add((producer, number));
                }

                chunks.Add(chunk.Number, items);
            }
        }))];

    /// <summary>The items in the order of their chunks, whose numbers leave nothing out.</summary>
    private static List<(int Producer, int Number)> AssertDense(SortedDictionary<long, List<(int Producer, int Number)>> chunks)
    {
        Assert.Equal(Enumerable.Range(0, chunks.Count), chunks.Keys.Select(number => (int)number));
        return [.. chunks.Values.SelectMany(items => items)];
    }
}
