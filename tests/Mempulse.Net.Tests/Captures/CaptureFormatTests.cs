using CsCheck;
using Mempulse.Net.Captures;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;

namespace Mempulse.Net.Tests.Captures;

public sealed class CaptureFormatTests
{
    private static readonly string GoldenPath = Path.Combine(AppContext.BaseDirectory, "vectors", "captures", "v1.mpc");

    [Fact]
    public void The_golden_file_of_version_1_decodes_to_what_was_written()
    {
        byte[] golden = File.ReadAllBytes(GoldenPath);

        using var reader = CaptureSamples.Read(golden);
        Assert.Equivalent(CaptureSamples.Header, reader.Header, strict: true);
        Assert.True(reader.TryRead(out var sighting));
        Assert.Equal((CaptureEntryKind.Sighting, 1_000, 0, SightingVia.HashSubscription), (sighting.Kind, sighting.OffsetNanoseconds, sighting.SourceIndex, sighting.Via));
        Assert.Equal(CaptureSamples.SomeHash, sighting.Hash);
        Assert.True(reader.TryRead(out var body));
        Assert.Equal((CaptureEntryKind.Body, 2_000, 1), (body.Kind, body.OffsetNanoseconds, body.SourceIndex));
        Assert.Equal(CaptureSamples.SomeHash, body.Hash);
        Assert.Equal("02c0", Convert.ToHexStringLower(body.Raw.Span));
        Assert.True(reader.TryRead(out var fact));
        Assert.Equal(CaptureEntry.NoSource, fact.SourceIndex);
        Assert.Equivalent(CaptureSamples.Block, LogEvent.Decode(fact.Record), strict: true);
        Assert.False(reader.TryRead(out _));
    }

    [Fact]
    public void A_header_of_exactly_its_limit_is_read_back_and_one_byte_more_is_refused_before_anything_is_written()
    {
        const int limit = 64 * 1024;
        int others = LengthOf(Of(60_000)) - 60_000;

        Assert.Equal(limit, LengthOf(Of(limit - others)));
        var refused = new MemoryStream();
        var failure = Assert.Throws<ArgumentException>(() => new CaptureWriter(refused, Of(limit - others + 1)).Dispose());
        Assert.StartsWith($"The header of {limit + 1} bytes exceeds the limit of {limit}.", failure.Message, StringComparison.Ordinal);
        Assert.Equal(0, refused.Length);

        static CaptureHeader Of(int length) => CaptureSamples.Header with { Provenance = new string('p', length) };

        static int LengthOf(CaptureHeader header)
        {
            var written = new MemoryStream();
            using (var writer = new CaptureWriter(written, header))
            {
                writer.Complete();
            }

            using var reader = CaptureSamples.Read(written.ToArray());
            Assert.Equal(header.Provenance, reader.Header.Provenance);
            return BitConverter.ToInt32(written.ToArray(), 12);
        }
    }

    [Fact]
    public void The_position_grows_with_every_entry_of_a_frame()
    {
        using var reader = CaptureSamples.Read(File.ReadAllBytes(GoldenPath));
        long last = reader.PositionBytes;

        while (reader.TryRead(out _))
        {
            Assert.InRange(reader.PositionBytes, last + 1, reader.LengthBytes);
            last = reader.PositionBytes;
        }
    }

    [Fact]
    public void Writing_the_same_entries_gives_the_golden_header_and_entries()
    {
        byte[] golden = File.ReadAllBytes(GoldenPath);

        byte[] written = CaptureSamples.OneOfEach();

        // The compressed frame may differ with the compressor's version; the header and the entries may not.
        int headerSize = 16 + BitConverter.ToInt32(golden, 12) + 4;
        Assert.Equal(golden.AsSpan(0, headerSize), written.AsSpan(0, headerSize));
        Assert.Equal(CaptureSamples.ReadAll(golden), CaptureSamples.ReadAll(written));
    }

    [Fact]
    public void Any_entries_read_back_as_written()
    {
        var entries = Gen.Select(Gen.Int[1, 2], Gen.Long[0, 1_000_000], Gen.Int[0, 2], Gen.Int[0, 6], Gen.Byte.Array[0, 20_000]).List[0, 40];

        entries.Sample(
            list =>
            {
                var stream = new MemoryStream();
                using var writer = new CaptureWriter(stream, CaptureSamples.Header);
                var expected = new List<(CaptureEntryKind, long, int, SightingVia, string)>();
                long offset = 0;
                foreach (var (kind, step, source, via, content) in list)
                {
                    offset += step;
                    int index = source == 2 ? CaptureEntry.NoSource : source;
                    Add(writer, (CaptureEntryKind)kind, offset, index, (SightingVia)via, content, expected);
                }

                writer.Complete();

                Assert.Equal(expected, CaptureSamples.ReadAll(stream.ToArray()));
            },
            iter: 50);
    }

    [Fact]
    public void A_fact_of_a_kind_that_no_lane_reports_is_refused()
    {
        var records = new EventBatch(default);
        records.AddSeen(CaptureSamples.SomeHash, SightingVia.HashSubscription, RecordMeta.Fact(default, 1, default, default));
        records.Add(new LogEvent.TxExpired(CaptureSamples.SomeHash, TxState.Pending, 1), RecordMeta.Fact(default, 2, default, default));
        var each = new RecordEnumerator(GlobalSeq.None.Next, records.Records.Span);
        while (each.MoveNext())
        {
            var stream = new MemoryStream();
            using var writer = new CaptureWriter(stream, CaptureSamples.Header);
            writer.AddRecord(1, 0, each.Current);
            writer.Complete();

            Assert.Throws<CaptureDamagedException>(() => CaptureSamples.ReadAll(stream.ToArray()));
        }
    }

    [Fact]
    public void The_receipts_of_a_block_keep_their_logs()
    {
        var log = new TxLog(Address.Parse("0x" + new string('5', 40)), [CaptureSamples.SomeHash], new byte[] { 1, 2, 3 });
        var receipts = new LogEvent.ReceiptsObserved(
            CaptureSamples.Block.Hash, CaptureSamples.Block.Number, 0, IsVerified: true, [new TxResult(CaptureSamples.SomeHash, ExecutionOutcome.Succeeded, new Gas(21_000), [log, log], 0)])
        {
            Continuation = ReceiptsContinuation.Complete,
        };
        var stream = new MemoryStream();
        using (var writer = new CaptureWriter(stream, CaptureSamples.Header))
        {
            writer.AddFact(1, 0, receipts);
            writer.Complete();
        }

        using var reader = CaptureSamples.Read(stream.ToArray());
        Assert.True(reader.TryRead(out var entry));

        Assert.Equivalent(receipts, LogEvent.Decode(entry.Record), strict: true);
    }

    [Fact]
    public void Every_prefix_is_refused()
    {
        byte[] whole = CaptureSamples.OneOfEach();

        for (int length = 0; length < whole.Length; length++)
        {
            var damage = Assert.Throws<CaptureDamagedException>(() => CaptureSamples.ReadAll(whole[..length]));
            Assert.StartsWith("sample.mpc is damaged at offset ", damage.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Every_flipped_bit_is_detected_and_located_in_the_file()
    {
        byte[] whole = CaptureSamples.OneOfEach();

        for (int bit = 0; bit < whole.Length * 8; bit++)
        {
            byte[] flipped = [.. whole];
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));

            var damage = Assert.Throws<CaptureDamagedException>(() => CaptureSamples.ReadAll(flipped));
            Assert.InRange(damage.Offset, 0, whole.Length);
        }
    }

    [Fact]
    public void A_body_of_the_longest_length_fits_and_a_longer_one_is_refused()
    {
        var stream = new MemoryStream();
        using var writer = new CaptureWriter(stream, CaptureSamples.Header);
        writer.AddSighting(0, 0, CaptureSamples.SomeHash, SightingVia.HashSubscription);
        writer.AddBody(0, 0, default, new byte[(3 << 20) - 32], SightingVia.BodySubscription);

        Assert.Throws<ArgumentException>(() => writer.AddBody(0, 0, default, new byte[(3 << 20) - 31], SightingVia.BodySubscription));
        writer.Complete();

        Assert.Equal(2, CaptureSamples.ReadAll(stream.ToArray()).Count);
    }

    [Fact]
    public void The_writer_refuses_descending_times_and_unknown_sources()
    {
        using var writer = new CaptureWriter(new MemoryStream(), CaptureSamples.Header);
        writer.AddSighting(5, 0, CaptureSamples.SomeHash, SightingVia.HashSubscription);

        Assert.Throws<ArgumentOutOfRangeException>(() => writer.AddSighting(4, 0, CaptureSamples.SomeHash, SightingVia.HashSubscription));
        Assert.Throws<ArgumentOutOfRangeException>(() => writer.AddSighting(6, 2, CaptureSamples.SomeHash, SightingVia.HashSubscription));
    }

    private static void Add(
        CaptureWriter writer,
        CaptureEntryKind kind,
        long offset,
        int source,
        SightingVia via,
        byte[] content,
        List<(CaptureEntryKind, long, int, SightingVia, string)> expected)
    {
        if (kind == CaptureEntryKind.Body)
        {
            writer.AddBody(offset, source, default, content, via);
            expected.Add((kind, offset, source, via, new string('0', 64) + Convert.ToHexStringLower(content)));
            return;
        }

        var hash = new Hash256(System.Security.Cryptography.SHA256.HashData(content));
        writer.AddSighting(offset, source, hash, via);
        expected.Add((kind, offset, source, via, hash.ToString()[2..]));
    }
}
