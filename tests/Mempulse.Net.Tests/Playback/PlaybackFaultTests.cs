using Mempulse.Net.Captures;
using Mempulse.Net.Decoding;
using Mempulse.Net.Ingest;
using Mempulse.Net.Playback;
using Mempulse.Net.Tests.Captures;
using Mempulse.Net.Tests.Ingest;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Net.Tests.Playback;

/// <summary>What a capture, its file and a slow log can do to a lane that plays it.</summary>
public sealed class PlaybackFaultTests
{
    private const int MaxBodyBytes = 256;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_body_of_exactly_the_limit_is_decoded_and_a_longer_one_is_a_drop_for_its_size()
    {
        var sink = new RecordingSink();
        using var capture = CaptureSamples.Read(Write(static writer =>
        {
            writer.AddBody(0, 0, CaptureSamples.SomeHash, new byte[MaxBodyBytes], SightingVia.BodySubscription);
            writer.AddBody(0, 0, CaptureSamples.SomeHash, new byte[MaxBodyBytes + 1], SightingVia.BodySubscription);
        }));
        await using var lane = NewLane(capture, sink, PlaybackPace.Maximal);

        await PlayAsync(lane);

        var drops = sink.Events().OfType<LogEvent.TxIngestDropped>().ToDictionary(static drop => drop.Reason);
        Assert.Equal([DropReason.DecodeFail, DropReason.Oversize], drops.Keys.Order());
        Assert.Equal(MaxBodyBytes, drops[DropReason.DecodeFail].Raw.Length);
        Assert.Contains("257 bytes; the limit is 256", drops[DropReason.Oversize].Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_that_was_fetched_is_not_a_sighting()
    {
        using var capture = CaptureSamples.Read(Write(static writer =>
        {
            writer.AddSighting(0, 0, CaptureSamples.SomeHash, SightingVia.HashSubscription);
            writer.AddBody(1, 0, CaptureSamples.SomeHash, [1], SightingVia.Unknown);
            writer.AddBody(2, 1, CaptureSamples.SomeHash, [2], SightingVia.BodySubscription);
        }));
        await using var lane = NewLane(capture, new RecordingSink(), PlaybackPace.Maximal);

        await PlayAsync(lane);

        Assert.Equal([1L, 1L], lane.ReadStatus().Sources.Select(static source => source.SightingCount));
    }

    [Fact]
    public async Task A_fact_waits_for_room_where_a_sighting_is_dropped()
    {
        const int sightings = 500;
        const int facts = 100;
        using var capture = CaptureSamples.Read(Write(static writer =>
        {
            for (int i = 0; i < sightings; i++)
            {
                writer.AddSighting(0, 0, SampleBody.HashOf(BitConverter.GetBytes(i)), SightingVia.HashSubscription);
            }

            for (int i = 0; i < facts; i++)
            {
                writer.AddFact(0, 0, new LogEvent.AccountNonceObserved(default, new Nonce((ulong)i)));
            }
        }));
        var gate = new TaskCompletionSource();
        var sink = new RecordingSink { Gate = gate };
        await using var lane = NewLane(capture, sink, PlaybackPace.Recorded, queueCapacityItems: 1);
        await lane.StartAsync(Cancelled);
        await Until.TrueAsync(() => lane.PlayedEntries >= sightings, "the sightings, of which most find no room");

        gate.SetResult();
        await lane.Completion.WaitAsync(Cancelled);

        Assert.Equal(Enumerable.Range(0, facts).Select(static i => (ulong)i), sink.Events().OfType<LogEvent.AccountNonceObserved>().Select(static fact => fact.Next.Value));
        Assert.Equal(sightings, sink.Events().OfType<LogEvent.TxSeen>().Count() + sink.Events().OfType<LogEvent.TxIngestDropped>().Sum(static drop => (int)drop.Count));
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_on_is_a_lost_connection_and_not_the_end()
    {
        byte[] bytes = CaptureSamples.OneOfEach();
        using var capture = new CaptureReader(new FailingStream(bytes, 16 + BitConverter.ToInt32(bytes, 12) + 4), "failing.mpc");
        var sink = new RecordingSink();
        await using var lane = NewLane(capture, sink, PlaybackPace.Maximal);

        await PlayAsync(lane);

        Assert.All(
            sink.Events().OfType<LogEvent.SourceLost>(),
            static lost => Assert.Equal((SourceLossReason.Closed, "the disk is gone"), (lost.Reason, lost.Detail)));
        Assert.Equal(2, sink.Events().OfType<LogEvent.SourceLost>().Count());
        Assert.Null(lane.Damage);
    }

    [Fact]
    public async Task Damage_is_kept_with_its_place_and_the_file_is_closed_with_the_lane()
    {
        string path = Path.GetTempFileName();
        byte[] damaged = CaptureSamples.OneOfEach();
        damaged[^1] ^= 1;
        await File.WriteAllBytesAsync(path, damaged, Cancelled);
        using var capture = CaptureReader.Open(path);
        await using (var lane = NewLane(capture, new RecordingSink(), PlaybackPace.Maximal))
        {
            await PlayAsync(lane);
            Assert.Equal(damaged.Length - 24, lane.Damage?.Offset);
        }

        ForgedCaptureTests.AssertClosed(path);
        File.Delete(path);
    }

    private static async Task PlayAsync(PlaybackLane lane)
    {
        await lane.StartAsync(Cancelled);
        await lane.Completion.WaitAsync(Cancelled);
    }

    private static byte[] Write(Action<CaptureWriter> write)
    {
        var stream = new MemoryStream();
        using var writer = new CaptureWriter(stream, CaptureSamples.Header);
        write(writer);
        writer.Complete();
        return stream.ToArray();
    }

    private static PlaybackLane NewLane(CaptureReader capture, RecordingSink sink, PlaybackPace pace, int queueCapacityItems = 100)
    {
        var pipeline = new IngestPipelineOptions
        {
            DecodeWorkers = 1,
            QueueCapacityItems = queueCapacityItems,
            MaxBodyBytes = MaxBodyBytes,
            ChunkItems = 1,
            MinBatchEvents = 1,
            MaxBatchEvents = 4,
            WhenLogRefuses = LogRefusal.Wait,
        };
        return new PlaybackLane(capture, new PlaybackOptions { Pace = pace, Pipeline = pipeline }, sink, TransactionBodyDecoder.For(new ChainId(1)), TimeProvider.System);
    }

    /// <summary>A file on a device that fails once the header was read.</summary>
    private sealed class FailingStream(byte[] bytes, int readableBytes) : MemoryStream(bytes)
    {
        public override int Read(Span<byte> buffer) => Position < readableBytes ? base.Read(buffer) : throw new IOException("the disk is gone");
    }
}
