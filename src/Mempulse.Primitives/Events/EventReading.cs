using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Records;

namespace Mempulse.Primitives.Events;

/// <summary>Reads in place the two kinds that come by the million, as strictly as <see cref="LogEvent.Decode"/>.</summary>
public static class EventReading
{
    /// <summary>Checks a <see cref="LogEvent.TxSeen"/>.</summary>
    /// <exception cref="EventDecodeException">The record is malformed.</exception>
    public static void CheckSeen(in RecordView record)
    {
        record.Require(KeyKind.Tx);
        var reader = new MessagePackReader(record.Payload);
        var fields = new FieldReader(ref reader);
        if (fields.Next(ref reader))
        {
            reader.ReadUInt64(byte.MaxValue);
        }

        fields.SkipRest(ref reader);
        ExpectEnd(record, reader);
    }

    /// <summary>Reads the body of a <see cref="LogEvent.TxDecoded"/>.</summary>
    /// <exception cref="EventDecodeException">The record is malformed.</exception>
    public static NormalizedTxView ReadDecoded(in RecordView record)
    {
        record.Require(KeyKind.Tx);
        record.Require(KeyKind.Sender);
        var reader = new MessagePackReader(record.Payload);
        var body = NormalizedTxView.Read(ref reader);
        ExpectEnd(record, reader);
        return body;
    }

    /// <summary>Checks that a record's payload has been read to its end.</summary>
    /// <exception cref="EventDecodeException">Bytes are left.</exception>
    internal static void ExpectEnd(in RecordView record, in MessagePackReader reader)
    {
        if (!reader.AtEnd)
        {
            throw new EventDecodeException($"The payload of the {record.Kind} at {record.Seq} goes on for {reader.Remaining} bytes after its end.");
        }
    }
}
