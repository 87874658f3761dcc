using CsCheck;
using Mempulse.Net.Ingest;
using Mempulse.Net.Sinks;
using Mempulse.Observability;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Net.Tests.Ingest;

/// <summary>Two lanes of one chain share decoded bodies: each body is recorded once, each sighting always, and lanes fail independently.</summary>
public sealed class DecodedBodiesTests
{
    private static readonly SourceId s_source = SourceId.Of("node-a");
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(30);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_body_from_both_lanes_is_recorded_once_and_each_of_its_sightings()
    {
        await Gen.Byte[0, 60].Array[1, 400].Array[2, 2].SampleAsync(
            async picks =>
            {
                var decoded = new DecodedBodies(1 << 10);
                var sinks = new[] { new RecordingSink(), new RecordingSink() };

                await Task.WhenAll(picks.Select((bodies, lane) => PlayAsync($"lane {lane}", decoded, sinks[lane], bodies)));

                var recorded = sinks.SelectMany(sink => sink.Events().OfType<LogEvent.TxDecoded>()).Select(body => body.Hash).ToList();
                Assert.Equal(picks.SelectMany(bodies => bodies).Distinct().Count(), recorded.Count);
                Assert.Equal(recorded.Count, recorded.Distinct().Count());
                Assert.Equal(picks.Sum(bodies => bodies.Length), sinks.Sum(sink => sink.Events().OfType<LogEvent.TxSeen>().Count()));
            },
            iter: 60);
    }

    [Fact]
    public async Task All_lanes_are_notified_of_a_body_recorded_by_one_of_them()
    {
        var decoded = new DecodedBodies(1 << 10);
        var other = new NotedBodies();
        decoded.Attach(other);

        await PlayAsync("lane", decoded, new RecordingSink(), [7]);

        Assert.Equal([$"decoded {SampleBody.HashOf(BodyOf(7))}"], other.Notes);
    }

    [Fact]
    public async Task A_body_that_the_log_refused_one_lane_is_recorded_by_the_next_that_has_it()
    {
        var decoded = new DecodedBodies(1 << 10);
        var other = new NotedBodies();
        decoded.Attach(other);
        var hash = SampleBody.HashOf(BodyOf(7));

        await PlayAsync("lane 1", decoded, new RecordingSink { Answer = static _ => AppendStatus.Refused }, [7]);
        var sink = new RecordingSink();
        await PlayAsync("lane 2", decoded, sink, [7]);

        Assert.Equal([$"decoded {hash}", $"failed {hash} LogUnavailable", $"decoded {hash}"], other.Notes);
        Assert.Equal([LogEvent.TxSeen.KindNumber, LogEvent.TxDecoded.KindNumber], sink.Read((in record) => record.Kind));
    }

    [Fact]
    public async Task A_body_lost_with_a_cancelled_lane_is_recorded_by_the_next_lane_that_has_it()
    {
        var decoded = new DecodedBodies(1 << 10);
        var stuck = new RecordingSink { Gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously) };
        var cut = NewPipeline("lane 1", decoded, stuck);
        await cut.StartAsync(Cancelled);
        await cut.PostAsync(ItemOf(0), Cancelled);
        await Until.TrueAsync(() => stuck.HeldCalls == 1, "the first is on its way to the log, and the others will wait behind it");
        for (byte i = 1; i < 20; i++)
        {
            await cut.PostAsync(ItemOf(i), Cancelled);
        }

        await Until.TrueAsync(() => decoded.Contains(SampleBody.HashOf(BodyOf(19))), "all bodies are in the lane's batches");
        await cut.DisposeAsync();
        var sink = new RecordingSink();
        await PlayAsync("lane 2", decoded, sink, [.. Enumerable.Range(0, 20).Select(i => (byte)i)]);

        Assert.Equal(20, sink.Events().OfType<LogEvent.TxDecoded>().Count());
    }

    private static async Task PlayAsync(string lane, DecodedBodies decoded, RecordingSink sink, byte[] bodies)
    {
        await using var pipeline = NewPipeline(lane, decoded, sink);
        await pipeline.StartAsync(Cancelled);
        foreach (byte body in bodies)
        {
            await pipeline.PostAsync(ItemOf(body), Cancelled);
        }

        await pipeline.CompleteAsync(Cancelled).WaitAsync(s_limit, Cancelled);
    }

    private static IngestPipeline NewPipeline(string lane, DecodedBodies decoded, RecordingSink sink)
    {
        var options = new IngestPipelineOptions { DecodeWorkers = 2, ChunkItems = 3, MinBatchEvents = 1, RetryDelay = TimeSpan.FromMilliseconds(1) };
        return new IngestPipeline(new LaneMeter(UnhostedMeters.Shared, new ChainId(1), lane), options, decoded, sink, FixedRecovery.NewDecoder, TimeProvider.System);
    }

    private static IngestItem ItemOf(byte body) =>
        IngestItem.PushedBody(BodyOf(body), SampleBody.HashOf(BodyOf(body)), SightingVia.BodySubscription, s_source, new UnixNanoseconds(1));

    private static byte[] BodyOf(byte content) => SampleBody.Of(content);

    private sealed class NotedBodies : IBodyObserver
    {
        private readonly List<string> _notes = [];

        public IReadOnlyList<string> Notes => _notes;

        public void Decoded(Hash256 hash, Address sender) => _notes.Add($"decoded {hash}");

        public void Failed(Hash256 hash, DropReason reason) => _notes.Add($"failed {hash} {reason}");

        public void CopyRefused(Hash256 hash, SourceId source) => _notes.Add($"refused {hash}");
    }
}
