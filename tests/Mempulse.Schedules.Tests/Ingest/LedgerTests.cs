using Mempulse.Net.Ingest;
using Mempulse.Scheduling;
using Mempulse.Schedules.Tests.Doubles;
using Mempulse.Schedules.Tests.Scenarios;

namespace Mempulse.Schedules.Tests.Ingest;

/// <summary>From the queue to the log: order of chunks, batches, and the ledger of drops.</summary>
public sealed class LedgerTests
{
    private const int PerProducer = 4;

    [Fact]
    public void Every_sighting_is_logged_once_or_counted_as_dropped_once() => Exploration.Explore(async () =>
    {
        var sink = new ScriptedSink(failures: 4);
        using var world = new LaneWorld(sink);
        var running = Exploration.Run("pipeline", world.RunAsync);

        await Task.WhenAll(Producer(world, 1), Producer(world, 2));
        world.Queue.Close();
        await running;

        AssertOrder(sink);
        long dropped = world.Drops.ReadTotals().Sum(drop => drop.Count);
        Assert.Equal(2 * PerProducer, sink.Seen.Count + dropped);
        Assert.True(!world.Drops.HasOpen || !world.Sender.IsLogAvailable, "the log is available and a drop is not on record");
        Assert.Equal(dropped, sink.Dropped + Open(world));
    });

    [Fact]
    public void Posts_that_wait_pass_decoding_and_batches_in_order_and_none_is_lost() => Explorer.Explore(Exploration.Schedules / 2, seed: 1, async () =>
    {
        var sink = new ScriptedSink(failures: 0);
        using var world = new LaneWorld(sink);
        var running = Exploration.Run("pipeline", world.RunAsync);

        await Task.WhenAll(Waiting(world, 1), Waiting(world, 2));
        await new Condition("everything is logged", () => sink.Seen.Count == 2 * PerProducer);
        world.Queue.Close();
        await running;

        AssertOrder(sink);
        Assert.Equal(2 * PerProducer, sink.Seen.Count);
    });

    /// <summary>Takes the drops that are not on record.</summary>
    private static long Open(LaneWorld world)
    {
        long open = 0;
        world.Drops.Drain(isAll: true, (drop, _, _) =>
        {
            open += (long)drop.Count;
            return true;
        });
        return open;
    }

    private static Task Producer(LaneWorld world, int producer) => Exploration.Run($"producer {producer}", () =>
    {
        for (int number = 1; number <= PerProducer; number++)
        {
            world.Post(producer, number);
        }

        return Task.CompletedTask;
    });

    private static Task Waiting(LaneWorld world, int producer) => Exploration.Run($"producer {producer}", async () =>
    {
        for (int number = 1; number <= PerProducer; number++)
        {
            Assert.Equal(PostOutcome.Accepted, await world.Queue.PostAsync(LaneWorld.Sighting(producer, number), CancellationToken.None));
        }
    });

    private static void AssertOrder(ScriptedSink sink)
    {
        foreach (int producer in new[] { 1, 2 })
        {
            var numbers = sink.Seen.Where(seen => seen.Producer == producer).Select(seen => seen.Number).ToList();
            Assert.Equal(numbers.Distinct().Order(), numbers);
        }
    }
}
