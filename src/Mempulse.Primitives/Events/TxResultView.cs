using Mempulse.Primitives.Encoding;

namespace Mempulse.Primitives.Events;

/// <summary>A receipt in the payload of a <see cref="LogEvent.ReceiptsObserved"/>, read in place. Enumerating it yields its logs in order.</summary>
/// <remarks>Points into the payload and must not outlive it.</remarks>
public readonly ref struct TxResultView
{
    private readonly ReadOnlySpan<byte> _logs;
    private readonly int _firstLog;

    internal TxResultView(scoped ref PayloadReader fields, int index, int firstLog)
    {
        Index = index;
        _firstLog = firstLog;
        Tx = fields.Hash();
        Outcome = (ExecutionOutcome)fields.Ternary();
        GasUsed = new Gas(fields.Number());
        _logs = fields.MeasuredList(TxLogView.Check, TxLogForm.Measure, out int count);
        LogCount = count;
        OmittedLogs = fields.Count();
    }

    /// <summary>Index of the transaction in the block, from 0.</summary>
    public int Index { get; }

    /// <inheritdoc cref="TxResult.Tx"/>
    public Hash256 Tx { get; }

    /// <inheritdoc cref="TxResult.Outcome"/>
    public ExecutionOutcome Outcome { get; }

    /// <inheritdoc cref="TxResult.GasUsed"/>
    public Gas GasUsed { get; }

    /// <summary>Number of its logs in this record.</summary>
    public int LogCount { get; }

    /// <inheritdoc cref="TxResult.OmittedLogs"/>
    public int OmittedLogs { get; }

    /// <summary>Enumerates its logs in this record.</summary>
    public Enumerator GetEnumerator() => new(_logs, LogCount, _firstLog);

    internal static int Check(ref PayloadReader fields) => new TxResultView(ref fields, 0, 0).LogCount;

    /// <summary>Enumerates logs in place.</summary>
    public ref struct Enumerator
    {
        private ReadOnlySpan<byte> _rest;
        private int _left;
        private int _next;

        internal Enumerator(ReadOnlySpan<byte> logs, int count, int first)
        {
            _rest = PayloadReader.ItemsOf(logs);
            _left = count;
            _next = first;
        }

        /// <summary>The current log.</summary>
        public TxLogView Current { get; private set; }

        /// <summary>Moves to the next log; false after the last one.</summary>
        public bool MoveNext()
        {
            if (_left == 0)
            {
                return false;
            }

            if (TxLogForm.TryFind(_rest, out var form))
            {
                Current = new TxLogView(_rest, form, _next);
                _rest = _rest[form.End..];
            }
            else
            {
                var fields = new PayloadReader(_rest);
                Current = new TxLogView(ref fields, _next);
                _rest = _rest[^fields.SkipRest()..];
            }

            unchecked
            {
                _next++; // wraps only in a record that no writer makes
            }

            _left--;
            return true;
        }
    }
}
