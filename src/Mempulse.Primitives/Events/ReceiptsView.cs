using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Records;

namespace Mempulse.Primitives.Events;

/// <summary>A <see cref="LogEvent.ReceiptsObserved"/>, read in place: every field was checked, nothing was copied. Enumerating it yields the receipts in order.</summary>
/// <remarks>Points into the record and must not outlive it. It is as strict as <see cref="EventCatalog.Decode"/>.</remarks>
public readonly ref struct ReceiptsView
{
    private readonly ReadOnlySpan<byte> _receipts;

    private ReceiptsView(Hash256 block, scoped ref PayloadReader fields)
    {
        Block = block;
        Number = new BlockNumber(fields.Number());
        First = fields.Count();
        IsVerified = fields.Flag();
        _receipts = fields.CheckedList(TxResultView.Check, out int count);
        Count = count;
        Continuation = (ReceiptsContinuation)fields.Code();
        FirstLog = fields.Count();
    }

    /// <inheritdoc cref="LogEvent.ReceiptsObserved.Block"/>
    public Hash256 Block { get; }

    /// <inheritdoc cref="LogEvent.ReceiptsObserved.Number"/>
    public BlockNumber Number { get; }

    /// <inheritdoc cref="LogEvent.ReceiptsObserved.First"/>
    public int First { get; }

    /// <inheritdoc cref="LogEvent.ReceiptsObserved.IsVerified"/>
    public bool IsVerified { get; }

    /// <summary>Number of receipts in this record.</summary>
    public int Count { get; }

    /// <summary>Of these, the ones that end in this record; the last one may be continued in the next.</summary>
    public int EndedCount => Continuation == ReceiptsContinuation.Logs ? Math.Max(Count - 1, 0) : Count;

    /// <inheritdoc cref="LogEvent.ReceiptsObserved.Continuation"/>
    public ReceiptsContinuation Continuation { get; }

    /// <inheritdoc cref="LogEvent.ReceiptsObserved.FirstLog"/>
    public int FirstLog { get; }

    /// <summary>Reads a record of this kind.</summary>
    /// <exception cref="EventDecodeException">The record is malformed.</exception>
    public static ReceiptsView Read(in RecordView record)
    {
        var fields = new PayloadReader(record.Payload);
        var view = new ReceiptsView(record.BlockKey, ref fields);
        EventReading.ExpectEnd(record, ref fields);
        return view;
    }

    /// <summary>Reads the payload of a record that was read before.</summary>
    /// <param name="block">The block that the record names.</param>
    /// <param name="payload">Its payload.</param>
    /// <exception cref="EventDecodeException">The payload is malformed.</exception>
    public static ReceiptsView Read(in Hash256 block, ReadOnlySpan<byte> payload)
    {
        var fields = new PayloadReader(payload);
        return new ReceiptsView(block, ref fields);
    }

    /// <summary>Enumerates the receipts in this record.</summary>
    public Enumerator GetEnumerator() => new(_receipts, Count, First, FirstLog);

    /// <summary>Enumerates receipts in place.</summary>
    public ref struct Enumerator
    {
        private ReadOnlySpan<byte> _rest;
        private int _left;
        private int _next;
        private int _nextLog;

        internal Enumerator(ReadOnlySpan<byte> receipts, int count, int first, int firstLog)
        {
            _rest = PayloadReader.ItemsOf(receipts);
            _left = count;
            _next = first;
            _nextLog = firstLog;
        }

        /// <summary>The current receipt.</summary>
        public TxResultView Current { get; private set; }

        /// <summary>Moves to the next receipt; false after the last one.</summary>
        public bool MoveNext()
        {
            if (_left == 0)
            {
                return false;
            }

            var fields = new PayloadReader(_rest);
            Current = new TxResultView(ref fields, _next, _nextLog);
            _rest = _rest[^fields.SkipRest()..];
            unchecked
            {
                // These wrap only in a record that no writer makes.
                _next++;
                _nextLog += Current.LogCount + Current.OmittedLogs;
            }

            _left--;
            return true;
        }
    }
}
