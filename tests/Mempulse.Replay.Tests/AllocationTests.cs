using System.Buffers.Binary;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;
using Mempulse.Replay.Tests.Simulations;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Replay.Tests;

[CollectionDefinition(nameof(AloneInTheProcess), DisableParallelization = true)]
public sealed class AloneInTheProcess;

/// <summary>The fold allocates nothing for a sighting of a transaction that it holds, and for the logs of a block.</summary>
[Collection(nameof(AloneInTheProcess))]
public sealed class AllocationTests
{
    private const int Txs = 2_000;

    private static readonly LaneId s_lane = LaneId.Of("warm");

    private ulong _localSeq;

    [Fact]
    public void A_sighting_of_a_known_transaction_allocates_nothing()
    {
        var engine = ReplayEngine.Create(Scenario.Chain);
        Apply(engine, FollowedSimulation());
        Apply(engine, Sightings("alpha"));
        Apply(engine, Sightings("beta"));
        engine.Digest();
        Apply(engine, Sightings("beta"));
        engine.Digest();
        var third = Sightings("gamma");
        var again = Sightings("alpha");

        long before = GC.GetAllocatedBytesForCurrentThread();
        Apply(engine, third);
        Apply(engine, again);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        // The one-time allocations of a new source: its entry, its share of the minute, and two histograms.
        Assert.InRange(allocated, 0, 4_096);
    }

    [Fact]
    public void The_receipts_of_a_block_allocate_nothing_however_many_logs_they_have()
    {
        var engine = ReplayEngine.Create(Scenario.Chain);
        var transfer = new TxLog(default, [Hash256.Zero, Hash256.Zero, Hash256.Zero], new byte[32]);
        var results = Enumerable.Repeat(new TxResult(Named.Tx("a"), ExecutionOutcome.Succeeded, new Gas(50_000), [transfer, transfer, transfer], 0), 300);
        var receipts = new LogEvent.ReceiptsObserved(Named.Block("b1"), default, 0, IsVerified: true, [.. results]) { Continuation = ReceiptsContinuation.Complete };
        Apply(engine, One(receipts));
        var again = One(receipts);

        long before = GC.GetAllocatedBytesForCurrentThread();
        Apply(engine, again);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.InRange(allocated, 0, 1_024);
    }

    private EventBatch One(LogEvent fact)
    {
        var batch = new EventBatch(s_lane);
        batch.Add(fact, RecordMeta.Fact(s_lane, ++_localSeq, new UnixNanoseconds(1), SourceId.Of("alpha")));
        return batch;
    }

    /// <summary>A simulation whose base is looked for again in every block, and not in any other fact.</summary>
    private EventBatch FollowedSimulation()
    {
        var batch = new EventBatch(s_lane);
        batch.Add(SimBaseTests.Simulated(1, "b1", 101), RecordMeta.Fact(s_lane, ++_localSeq, new UnixNanoseconds(1), SourceId.Of("alpha")));
        return batch;
    }

    private EventBatch Sightings(string source)
    {
        var batch = new EventBatch(s_lane);
        Span<byte> hash = stackalloc byte[Hash256.Size];
        hash.Clear();
        for (int i = 0; i < Txs; i++)
        {
            BinaryPrimitives.WriteInt32BigEndian(hash, i + 1);
            batch.AddSeen(new Hash256(hash), SightingVia.HashSubscription, RecordMeta.Fact(s_lane, ++_localSeq, new UnixNanoseconds(1), SourceId.Of(source)));
        }

        return batch;
    }

    private static void Apply(ReplayEngine engine, EventBatch batch)
    {
        var first = engine.Applied.Next;
        engine.Apply(new SequencedBatch(new Epoch(1), first, batch.Count, first, batch.Records));
    }
}
