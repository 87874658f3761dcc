using Mempulse.Canon.Appending;
using Mempulse.Primitives;
using Mempulse.Scheduling;
using Mempulse.Schedules.Tests.Scenarios;

namespace Mempulse.Schedules.Tests.Canon;

public sealed class AppendQueueTests
{
    private const int PerProducer = 3;

    [Fact]
    public void Every_batch_is_taken_once_in_the_order_of_its_producer_and_wakes_it() => Exploration.Explore(async () =>
    {
        var queue = new AppendQueue(capacityBatches: 1);
        var taken = new List<(LaneId Lane, ulong Local)>();
        var writer = StartWriter(queue, taken);

        await Task.WhenAll(Producer(queue, "a", AcknowledgeOn.Pool), Producer(queue, "b", AcknowledgeOn.Writer), Producer(queue, "c", AcknowledgeOn.Pool));
        queue.Close(new ObjectDisposedException("queue"));
        writer.Join();

        Assert.Equal(9, taken.Count);
        foreach (var lane in taken.Select(batch => batch.Lane).Distinct())
        {
            Assert.Equal([1, 2, 3], taken.Where(batch => batch.Lane == lane).Select(batch => (int)batch.Local));
        }
    });

    [Fact]
    public void Closing_fails_those_that_wait_for_room_and_loses_nothing_that_was_queued() => Exploration.Explore(async () =>
    {
        var queue = new AppendQueue(capacityBatches: 1);
        var taken = new List<(LaneId Lane, ulong Local)>();
        var acknowledged = new List<(LaneId Lane, ulong Local)>();
        var writer = StartWriter(queue, taken);

        var producing = Task.WhenAll(
            ProducerUntilClosed(queue, "a", acknowledged), ProducerUntilClosed(queue, "b", acknowledged), ProducerUntilClosed(queue, "c", acknowledged));
        queue.Close(new ObjectDisposedException("queue"));
        await producing;
        writer.Join();

        Assert.Equal(taken.Order(), acknowledged.Order());
    });

    [Fact]
    public void A_cancelled_wait_for_room_leaves_the_queue_to_the_others() => Exploration.Explore(async () =>
    {
        var queue = new AppendQueue(capacityBatches: 1);
        using var cancellation = new CancellationTokenSource();
        var taken = new List<(LaneId Lane, ulong Local)>();
        var token = cancellation.Token;
        var cancelled = Exploration.Run("cancelled", async () =>
        {
            try
            {
                await queue.Enqueue(Sightings.Batch(LaneId.Of("x"), 1, 1), AcknowledgeOn.Pool, token);
                await queue.Enqueue(Sightings.Batch(LaneId.Of("x"), 2, 1), AcknowledgeOn.Pool, token);
            }
            catch (OperationCanceledException)
            {
                // one of the possible outcomes
            }
        });
        var others = Task.WhenAll(Producer(queue, "a", AcknowledgeOn.Pool), Producer(queue, "b", AcknowledgeOn.Pool));
        var writer = StartWriter(queue, taken);

        Schedule.Point("cancel");
        Schedule.Uninterrupted(cancellation.Cancel);
        await cancelled;
        await others;
        queue.Close(new ObjectDisposedException("queue"));
        writer.Join();

        Assert.Equal(2 * PerProducer, taken.Count(batch => batch.Lane != LaneId.Of("x")));
    });

    private static IStrand StartWriter(AppendQueue queue, List<(LaneId Lane, ulong Local)> taken) => Schedule.Start("writer", () =>
    {
        var group = new List<PendingAppend>();
        while (queue.Take(group, frameTargetBytes: 1 << 10))
        {
            taken.AddRange(group.Select(pending => (pending.Batch!.Lane, pending.Batch.First.LocalSeq)));
            group.ForEach(pending => pending.Complete(new GlobalSeq((ulong)taken.Count)));
            group.Clear();
        }
    });

    private static Task Producer(AppendQueue queue, string lane, AcknowledgeOn acknowledgeOn) => Exploration.Run(lane, async () =>
    {
        for (ulong local = 1; local <= PerProducer; local++)
        {
            await queue.Enqueue(Sightings.Batch(LaneId.Of(lane), local, 1), acknowledgeOn, CancellationToken.None);
        }
    });

    private static Task ProducerUntilClosed(AppendQueue queue, string lane, List<(LaneId Lane, ulong Local)> acknowledged) => Exploration.Run(lane, async () =>
    {
        try
        {
            for (ulong local = 1; local <= PerProducer; local++)
            {
                await queue.Enqueue(Sightings.Batch(LaneId.Of(lane), local, 1), AcknowledgeOn.Pool, CancellationToken.None);
                acknowledged.Add((LaneId.Of(lane), local));
            }
        }
        catch (ObjectDisposedException)
        {
            // closed
        }
    });
}
