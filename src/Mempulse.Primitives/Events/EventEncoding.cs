using Mempulse.Primitives.Records;

namespace Mempulse.Primitives.Events;

/// <summary>Encodes events into a batch of their lane.</summary>
/// <remarks>Each method throws <see cref="ArgumentException"/> and adds nothing for another lane, a position that does not rise, or a record larger than <see cref="EventBatch.MaxRecordBytes"/>.</remarks>
public static class EventEncoding
{
    /// <summary>Adds any event.</summary>
    /// <exception cref="ArgumentException">Also for an event of another assembly that takes the number of <see cref="LogEvent.TxDecoded"/>.</exception>
    public static void Add(this EventBatch batch, LogEvent logEvent, in RecordMeta meta)
    {
        if (logEvent.Kind == LogEvent.TxDecoded.KindNumber && logEvent is not LogEvent.TxDecoded)
        {
            throw new ArgumentException($"Cannot record an event of another type as a {nameof(LogEvent.TxDecoded)}: only a verified transaction is recorded as one.", nameof(logEvent));
        }

        var fields = batch.Begin(logEvent.Kind, logEvent.Keys, meta);
        logEvent.WriteFields(ref fields);
        batch.End(fields, meta);
    }

    /// <summary>Adds a <see cref="LogEvent.TxSeen"/> without making one.</summary>
    public static void AddSeen(this EventBatch batch, Hash256 hash, SightingVia via, in RecordMeta meta)
    {
        var fields = batch.Begin(LogEvent.TxSeen.KindNumber, EventKeys.Of(EventKey.Tx(hash)), meta);
        LogEvent.TxSeen.WriteFields(ref fields, via);
        batch.End(fields, meta);
    }

    /// <summary>Adds a <see cref="LogEvent.TxStateChanged"/> without making one.</summary>
    public static void AddStateChanged(this EventBatch batch, in Hash256 hash, in Address sender, TxState from, TxState to, Hash256? replaces, in RecordMeta meta)
    {
        var fields = batch.Begin(LogEvent.TxStateChanged.KindNumber, hash, sender, meta);
        LogEvent.TxStateChanged.WriteFields(ref fields, from, to, replaces);
        batch.End(fields, meta);
    }

    /// <summary>Adds a <see cref="LogEvent.TxIncluded"/> without making one.</summary>
    public static void AddIncluded(
        this EventBatch batch, in Hash256 hash, in Hash256 block, in Address sender, TxState from, BlockNumber number, int index, ExecutionOutcome outcome, in RecordMeta meta)
    {
        var fields = batch.Begin(LogEvent.TxIncluded.KindNumber, hash, block, sender, meta);
        LogEvent.TxIncluded.WriteFields(ref fields, from, number, index, outcome);
        batch.End(fields, meta);
    }

    /// <summary>Adds a <see cref="LogEvent.TxConfirmed"/> without making one.</summary>
    public static void AddConfirmed(this EventBatch batch, in Hash256 hash, in Hash256 block, in Address sender, BlockNumber number, in RecordMeta meta)
    {
        var fields = batch.Begin(LogEvent.TxConfirmed.KindNumber, hash, block, sender, meta);
        LogEvent.TxConfirmed.WriteFields(ref fields, number);
        batch.End(fields, meta);
    }

    /// <summary>Adds a <see cref="LogEvent.TxDecoded"/> straight from the view of a verified transaction, without making one.</summary>
    internal static void AddDecoded<TTx>(this EventBatch batch, Hash256 hash, Address sender, scoped in TTx tx, in RecordMeta meta)
        where TTx : INormalizedTx, allows ref struct
    {
        var fields = batch.Begin(LogEvent.TxDecoded.KindNumber, hash, sender, meta);
        NormalizedTxCodec.WriteFields(ref fields, tx);
        batch.End(fields, meta);
    }
}
