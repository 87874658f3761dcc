using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Records;

namespace Mempulse.Primitives.Events;

/// <summary>Reads the two most frequent kinds in place, as strictly as <see cref="EventCatalog.Decode"/>.</summary>
public static class EventReading
{
    /// <summary>Checks a <see cref="LogEvent.TxSeen"/>.</summary>
    /// <exception cref="EventDecodeException">The record is malformed.</exception>
    public static void CheckSeen(in RecordView record)
    {
        record.Require(KeyKind.Tx);
        var fields = new PayloadReader(record.Payload);
        fields.ByteCode();
        ExpectEnd(record, ref fields);
    }

    /// <summary>Reads the body of a <see cref="LogEvent.TxDecoded"/>.</summary>
    /// <exception cref="EventDecodeException">The record is malformed.</exception>
    public static NormalizedTxView ReadDecoded(in RecordView record)
    {
        record.Require(KeyKind.Tx);
        record.Require(KeyKind.Sender);
        var fields = new PayloadReader(record.Payload);
        var body = NormalizedTxView.Read(ref fields);
        ExpectEnd(record, ref fields);
        return body;
    }

    /// <summary>Skips fields that a newer version added and checks that the payload ends there.</summary>
    /// <exception cref="EventDecodeException">Bytes follow the payload.</exception>
    internal static void ExpectEnd(in RecordView record, ref PayloadReader fields)
    {
        if (!fields.AtEnd)
        {
            SkipToEnd(record, ref fields);
        }
    }

    private static void SkipToEnd(in RecordView record, ref PayloadReader fields)
    {
        int after = fields.SkipRest();
        if (after != 0)
        {
            throw new EventDecodeException($"The payload of the record at {record.Seq}, of kind {(int)record.Kind}, is followed by {after} unexpected bytes.");
        }
    }
}
