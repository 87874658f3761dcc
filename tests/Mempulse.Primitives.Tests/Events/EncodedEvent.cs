using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;

namespace Mempulse.Primitives.Tests.Events;

/// <summary>Encoded events, for comparison by content and for tampering.</summary>
internal static class EncodedEvent
{
    public static readonly LaneId Lane = LaneId.Of("test");

    public static readonly GlobalSeq Seq = new(42);

    /// <summary>The record of an event, without length and CRC.</summary>
    public static byte[] Record(LogEvent logEvent, RecordMeta meta)
    {
        var batch = new EventBatch(meta.Lane);
        batch.Add(logEvent, meta);
        return batch.Records.Span[4..^4].ToArray();
    }

    /// <summary>The same with arbitrary metadata.</summary>
    public static byte[] Record(LogEvent logEvent) =>
        Record(logEvent, RecordMeta.Fact(Lane, 1, new UnixNanoseconds(1), default));

    /// <summary>The event in a record.</summary>
    public static LogEvent? Decode(ReadOnlySpan<byte> record) => LogEvent.Decode(new RecordView(Seq, record));

    /// <summary>The record with another payload.</summary>
    public static byte[] WithPayload(byte[] record, ReadOnlySpan<byte> payload)
    {
        int header = record.Length - new RecordView(Seq, record).Payload.Length;
        return [.. record.AsSpan(0, header), .. payload];
    }

    /// <summary>The payload's values without the array header, and their number.</summary>
    public static byte[] Values(byte[] record, out int count)
    {
        var payload = new RecordView(Seq, record).Payload;
        var reader = new MessagePackReader(payload);
        count = reader.ReadArrayHeader();
        return payload[^reader.Remaining..].ToArray();
    }

    /// <summary>An array header.</summary>
    public static byte[] ArrayHeader(int count)
    {
        var buffer = new ByteBuffer();
        new MessagePackWriter(buffer).WriteArrayHeader(count);
        return buffer.WrittenSpan.ToArray();
    }
}
