using CsCheck;
using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;

namespace Mempulse.Primitives.Tests.Events;

/// <summary>Every event round-trips, and malformed bytes are refused.</summary>
public sealed class EventCodecTests
{
    private static readonly EventKind[] EventKinds = [EventKind.None, .. EventCatalog.Core.Types.Select(type => type.Kind)];

    [Fact]
    public void Events_read_back_as_written() => Gen.Select(EventGen.Any, EventGen.Meta(EncodedEvent.Lane)).Sample((written, meta) =>
    {
        byte[] record = EncodedEvent.Record(written, meta);

        var read = EncodedEvent.Decode(record)!;

        Assert.IsType(written.GetType(), read);
        Assert.Equal(written.Keys, read.Keys);
        Assert.Equal(record, EncodedEvent.Record(read, meta));
    });

    [Fact]
    public void The_generator_creates_every_kind()
    {
        var kinds = new HashSet<EventKind>();

        EventGen.Any.Sample(made => { kinds.Add(made.Kind); }, iter: 2000, threads: 1);

        Assert.Equal(EventCatalog.Core.Types.Select(type => type.Kind), kinds.Order());
    }

    [Fact]
    public void The_header_has_the_producers_values() => Gen.Select(EventGen.Any, EventGen.Meta(EncodedEvent.Lane)).Sample((written, meta) =>
    {
        var view = new RecordView(EncodedEvent.Seq, EncodedEvent.Record(written, meta));

        Assert.Equal(EncodedEvent.Seq, view.Seq);
        Assert.Equal(written.Kind, view.Kind);
        Assert.Equal(1, view.Version);
        Assert.Equal(meta, view.Meta);
        Assert.Equal(meta.Cause != GlobalSeq.None, view.IsDerived);
        Assert.Equal(written.Keys.Present, view.PresentKeys);
        foreach (var kind in Enum.GetValues<KeyKind>())
        {
            Assert.Equal(written.Keys.TryGet(kind, out var expected), view.TryGetKey(kind, out var key));
            Assert.Equal(expected, key.Value);
        }
    });

    [Fact]
    public void Every_prefix_is_rejected() => EventGen.Any.Sample(
        written =>
        {
            byte[] record = EncodedEvent.Record(written);
            for (int length = 0; length < record.Length; length++)
            {
                byte[] prefix = record[..length];
                Assert.Throws<EventDecodeException>(() => EncodedEvent.Decode(prefix));
            }
        },
        iter: 100);

    [Fact]
    public void A_byte_past_the_end_is_rejected() => EventGen.Any.Sample(written =>
        Assert.Throws<EventDecodeException>(() => EncodedEvent.Decode([.. EncodedEvent.Record(written), 0xc0])));

    [Fact]
    public void Random_bytes_throw_no_other_exception() =>
        Gen.Select(Gen.Int[0, EventKinds.Length - 1].Select(index => EventKinds[index]), Gen.Byte, Gen.Byte.Array[0, 300]).Sample(
            (kind, flags, bytes) => TryDecode([(byte)kind, 0, 1, flags, .. bytes]), iter: 20_000);

    [Fact]
    public void A_damaged_record_throws_no_other_exception() =>
        Gen.Select(EventGen.Any, Gen.Int[0, 100_000], Gen.Byte).Sample(
            (written, at, value) =>
            {
                byte[] record = EncodedEvent.Record(written);
                record[at % record.Length] = value;
                TryDecode(record);
            },
            iter: 20_000);

    [Fact]
    public void A_kind_of_a_later_version_is_skipped()
    {
        byte[] record = EncodedEvent.Record(new LogEvent.TxSeen(default, SightingVia.Submitted));
        record[0] = 0xff;
        record[1] = 0x7f;

        Assert.Null(EncodedEvent.Decode(record));
    }

    [Fact]
    public void A_record_without_a_kind_is_rejected()
    {
        byte[] record = EncodedEvent.Record(new LogEvent.TxSeen(default, SightingVia.Submitted));
        record[0] = 0;

        Assert.Throws<EventDecodeException>(() => EncodedEvent.Decode(record));
    }

    [Fact]
    public void A_record_that_lacks_its_key_is_rejected()
    {
        byte[] seen = EncodedEvent.Record(new LogEvent.TxSeen(default, SightingVia.Submitted));
        seen[3] = 1 << (int)KeyKind.Block;

        Assert.Throws<EventDecodeException>(() => EncodedEvent.Decode(seen));
    }

    private static void TryDecode(byte[] record)
    {
        try
        {
            EncodedEvent.Decode(record);
        }
        catch (EventDecodeException)
        {
        }
    }
}
