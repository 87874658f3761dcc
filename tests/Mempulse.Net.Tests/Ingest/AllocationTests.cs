using Mempulse.Ethereum.Signatures;
using Mempulse.Ethereum.Transactions;
using Mempulse.Net.Decoding;
using Mempulse.Net.Ingest;
using Mempulse.Net.Sinks;
using Mempulse.Observability;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;

namespace Mempulse.Net.Tests.Ingest;

/// <summary>The gate of 0 bytes allocated per event from decoding to append, after warm-up.</summary>
[Collection(nameof(MeasuredAlone))]
public sealed class AllocationTests
{
    /// <summary>
    /// What the process allocates beside the events (waits, timers, threads of a loaded machine) differs from round to round; what an event allocates is in each.
    /// </summary>
    [Fact]
    public async Task A_warm_pipeline_allocates_nothing_for_an_event()
    {
        const int rounds = 100_000;
        const int attempts = 8;
        var sink = new CountingSink();
        byte[][] bodies = [.. Enumerable.Range(0, 200).Select(BodyOf)];
        var recovery = new FixedRecovery(); // recovery has its own gate, so this one holds with either library
        var options = new IngestPipelineOptions { DecodeWorkers = 2, RecentBodies = 64, DropWindow = TimeSpan.FromMinutes(1) };
        await using var pipeline = new IngestPipeline(
            new LaneMeter(UnhostedMeters.Shared, new ChainId(1), "lane"), options, new DecodedBodies(options.RecentBodies), sink, () => new TransactionBodyDecoder(new ChainId(1), recovery), TimeProvider.System);
        await pipeline.StartAsync(TestContext.Current.CancellationToken);
        await WarmAsync(pipeline, sink, bodies);

        long events = Expected(rounds);
        long allocated = long.MaxValue;
        for (int i = 0; i < attempts && allocated >= events; i++)
        {
            long before = GC.GetTotalAllocatedBytes(precise: true);
            long expected = sink.Count + events;
            await PostAsync(pipeline, bodies, rounds);
            await sink.WaitForAsync(expected);
            allocated = Math.Min(allocated, GC.GetTotalAllocatedBytes(precise: true) - before);
        }

        // One object per event would be at least 24 B.
        Assert.True(allocated < events, $"{allocated} B for {events} events.");
        TestContext.Current.SendDiagnosticMessage($"{allocated} B allocated for {events} events.");
    }

    /// <summary>Fills both batches and every chunk to their limits while the sink holds an append, as on a machine whose sender falls behind.</summary>
    private static async Task WarmAsync(IngestPipeline pipeline, CountingSink sink, byte[][] bodies)
    {
        const int held = 12_000; // more than two batches, less than the queue
        for (int i = 0; i < 4; i++)
        {
            sink.Hold();
            long expected = sink.Count + Expected(held);
            await PostAsync(pipeline, bodies, held);
            sink.Release();
            await sink.WaitForAsync(expected);
        }
    }

    /// <summary>One sighting per event, and a body for one in four, which is recorded because the set of recent bodies is smaller than the cycle.</summary>
    private static long Expected(int rounds) => rounds + (rounds / 4);

    private static async ValueTask PostAsync(IngestPipeline pipeline, byte[][] bodies, int rounds)
    {
        var hash = new Hash256(new byte[32]);
        for (int i = 0; i < rounds; i++)
        {
            await pipeline.PostAsync(IngestItem.Sighting(hash, SightingVia.HashSubscription, default, default), CancellationToken.None);
            if (i % 4 == 0)
            {
                await pipeline.PostAsync(IngestItem.FetchedBody(bodies[i / 4 % bodies.Length], default, default, default), CancellationToken.None);
            }
        }
    }

    private static byte[] BodyOf(int index) => TransactionEncoder.Encode(new SignedTransaction
    {
        Type = TxType.DynamicFee,
        ChainId = new ChainId(1),
        Nonce = new Nonce((ulong)index),
        GasLimit = new Gas(21_000),
        Recipient = Address.Parse("0x70997970c51812dc3a010c7d01b50e0d17dc79c8"),
        Value = new Wei(((UInt256)1UL)),
        MaxFeePerGas = new Wei(((UInt256)2UL)),
        MaxPriorityFeePerGas = new Wei(((UInt256)1UL)),
        Input = new byte[180],
        Signature = new EcdsaSignature(((UInt256)1UL), ((UInt256)1UL), 0),
    });

    private sealed class CountingSink : IEventSink
    {
        private readonly Lock _gate = new();
        private TaskCompletionSource _reached = new();
        private long _target = long.MaxValue;
        private long _count;
        private TaskCompletionSource? _held;

        public long Count => Interlocked.Read(ref _count);

        public void Hold() => _held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Release() => Interlocked.Exchange(ref _held, null)!.SetResult();

        public ValueTask<ulong> OpenLaneAsync(string lane, CancellationToken cancellationToken) => ValueTask.FromResult(0UL);

        public ValueTask<AppendOutcome> AppendAsync(EventBatch batch, CancellationToken cancellationToken) =>
            Volatile.Read(ref _held) is { } held ? AppendLaterAsync(batch, held.Task) : ValueTask.FromResult(Append(batch));

        private async ValueTask<AppendOutcome> AppendLaterAsync(EventBatch batch, Task held)
        {
            await held;
            return Append(batch);
        }

        private AppendOutcome Append(EventBatch batch)
        {
            lock (_gate)
            {
                _count += batch.Count;
                if (_count >= _target)
                {
                    _reached.TrySetResult();
                }
            }

            return AppendOutcome.Appended;
        }

        public Task WaitForAsync(long count)
        {
            lock (_gate)
            {
                _target = count;
                _reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                if (_count >= count)
                {
                    _reached.TrySetResult();
                }

                return _reached.Task.WaitAsync(TimeSpan.FromSeconds(120));
            }
        }
    }
}
