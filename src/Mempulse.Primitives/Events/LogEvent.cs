using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Records;

namespace Mempulse.Primitives.Events;

/// <summary>Everything that can stand in the log: a closed hierarchy, one sealed case for each <see cref="EventKind"/>.</summary>
/// <remarks>Keys stand in the record header and are not repeated in the payload. Fields and defaults: docs/formats/events.md.</remarks>
public abstract partial record LogEvent
{
    private LogEvent()
    {
    }

    /// <summary>Which case this is.</summary>
    public abstract EventKind Kind { get; }

    /// <summary>What the event can be looked up by.</summary>
    public abstract EventKeys Keys { get; }

    /// <summary>Writes the payload: an array whose indexes are the keys.</summary>
    public abstract void WritePayload(MessagePackWriter writer);

    /// <summary>Decodes a record.</summary>
    /// <returns>The event, or null for a kind that this version does not know, which is to be passed over.</returns>
    /// <exception cref="EventDecodeException">The record is malformed.</exception>
    public static LogEvent? Decode(in RecordView record)
    {
        var reader = new MessagePackReader(record.Payload);
        var read = ReadCase(record, ref reader);
        if (read is not null)
        {
            EventReading.ExpectEnd(record, reader);
        }

        return read;
    }

    private static LogEvent? ReadCase(in RecordView record, ref MessagePackReader reader) =>
        record.Kind switch
        {
            EventKind.TxSeen => TxSeen.Read(record, ref reader),
            EventKind.TxDecoded => TxDecoded.Read(record, ref reader),
            EventKind.TxIngestDropped => TxIngestDropped.Read(record, ref reader),
            EventKind.BlockIngestDropped => BlockIngestDropped.Read(record, ref reader),
            EventKind.SourceConnected => SourceConnected.Read(ref reader),
            EventKind.SourceLost => SourceLost.Read(ref reader),
            EventKind.PeerConnected => PeerConnected.Read(record, ref reader),
            EventKind.PeerLost => PeerLost.Read(record, ref reader),
            EventKind.BlockObserved => BlockObserved.Read(record, ref reader),
            EventKind.ReorgDetected => ReorgDetected.Read(record, ref reader),
            EventKind.ChainGap => ChainGap.Read(ref reader),
            EventKind.AccountNonceObserved => AccountNonceObserved.Read(record, ref reader),
            EventKind.TxStateChanged => TxStateChanged.Read(record, ref reader),
            EventKind.TxReplaced => TxReplaced.Read(record, ref reader),
            EventKind.TxIncluded => TxIncluded.Read(record, ref reader),
            EventKind.TxReopened => TxReopened.Read(record, ref reader),
            EventKind.TxConfirmed => TxConfirmed.Read(record, ref reader),
            EventKind.TxExpired => TxExpired.Read(record, ref reader),
            EventKind.SimCompleted => SimCompleted.Read(record, ref reader),
            EventKind.SimBaseMoved => SimBaseMoved.Read(record, ref reader),
            EventKind.EpochStarted => EpochStarted.Read(ref reader),
            EventKind.CheckpointTaken => CheckpointTaken.Read(ref reader),
            EventKind.None => throw new EventDecodeException($"The record at {record.Seq} has no kind."),
            _ => null,
        };

    private static EventKeys KeyOf(EventKey key) => EventKeys.None.With(key);

    /// <summary>An enum's number; one this version has no name for is kept as it is.</summary>
    private static int ReadCode(ref FieldReader fields, ref MessagePackReader reader) =>
        fields.Next(ref reader) ? (int)reader.ReadUInt64(ushort.MaxValue) : 0;
}
