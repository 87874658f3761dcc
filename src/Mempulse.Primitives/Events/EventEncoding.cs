using Mempulse.Primitives.Records;

namespace Mempulse.Primitives.Events;

/// <summary>Encodes events into a batch of their lane.</summary>
/// <remarks>Each method throws <see cref="ArgumentException"/> and adds nothing for another lane, a position that does not rise, or a record over <see cref="EventBatch.MaxRecordBytes"/>.</remarks>
public static class EventEncoding
{
    /// <summary>Adds any event.</summary>
    public static void Add(this EventBatch batch, LogEvent logEvent, in RecordMeta meta)
    {
        logEvent.WritePayload(batch.Begin(logEvent.Kind, logEvent.Keys, meta));
        batch.End(meta);
    }

    /// <summary>Adds a <see cref="LogEvent.TxSeen"/> without making one.</summary>
    public static void AddSeen(this EventBatch batch, Hash256 hash, SightingVia via, in RecordMeta meta)
    {
        LogEvent.TxSeen.WritePayload(batch.Begin(EventKind.TxSeen, EventKeys.None.With(EventKey.Tx(hash)), meta), via);
        batch.End(meta);
    }

    /// <summary>Adds a <see cref="LogEvent.TxDecoded"/> straight from a decoder's view, without making one.</summary>
    public static void AddDecoded<TTx>(this EventBatch batch, Hash256 hash, Address sender, scoped in TTx tx, in RecordMeta meta)
        where TTx : INormalizedTx, allows ref struct
    {
        var keys = EventKeys.None.With(EventKey.Tx(hash)).With(EventKey.Sender(sender));
        NormalizedTxCodec.Write(batch.Begin(EventKind.TxDecoded, keys, meta), tx);
        batch.End(meta);
    }
}
