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
    [Fact]
    public async Task A_warm_pipeline_allocates_nothing_for_an_event()
    {
        const int rounds = 100_000;
        var sink = new CountingSink();
        byte[][] bodies = [.. Enumerable.Range(0, 200).Select(BodyOf)];
        var recovery = new FixedRecovery(); // recovery has its own gate, so this one holds with either library
        var options = new IngestPipelineOptions { DecodeWorkers = 2, RecentBodies = 64, DropWindow = TimeSpan.FromMinutes(1) };
        await using var pipeline = new IngestPipeline(
            new LaneMeter(UnhostedMeters.Shared, new ChainId(1), "lane"), options, new DecodedBodies(options.RecentBodies), sink, () => new TransactionBodyDecoder(new ChainId(1), recovery), TimeProvider.System);
        await pipeline.StartAsync(TestContext.Current.CancellationToken);
        await PostAsync(pipeline, bodies, rounds);
        await sink.WaitForAsync(Expected(rounds));

        long before = GC.GetTotalAllocatedBytes(precise: true);
        await PostAsync(pipeline, bodies, rounds);
        await sink.WaitForAsync(2 * Expected(rounds));
        long allocated = GC.GetTotalAllocatedBytes(precise: true) - before;

        // The rest is the waits of this test and of idle loops; one object per event would be at least 24 B.
        long events = Expected(rounds);
        Assert.True(allocated < events, $"{allocated} B for {events} events.");
        TestContext.Current.SendDiagnosticMessage($"{allocated} B allocated for {events} events.");
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

        public ValueTask<ulong> OpenLaneAsync(string lane, CancellationToken cancellationToken) => ValueTask.FromResult(0UL);

        public ValueTask<AppendOutcome> AppendAsync(EventBatch batch, CancellationToken cancellationToken)
        {
            lock (_gate)
            {
                _count += batch.Count;
                if (_count >= _target)
                {
                    _reached.TrySetResult();
                }
            }

            return ValueTask.FromResult(AppendOutcome.Appended);
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

                return _reached.Task.WaitAsync(TimeSpan.FromSeconds(30));
            }
        }
    }
}
