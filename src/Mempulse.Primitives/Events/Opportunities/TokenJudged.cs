using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Records;

namespace Mempulse.Primitives.Events;

public abstract partial record LogEvent
{
    /// <summary>A token is not exact, so that no quote of its pools holds: they leave the book. Or a reorg took back what showed it.</summary>
    /// <param name="Tx">The last of the transactions that show it, or showed it until a reorg took it back. A key of the record.</param>
    /// <param name="Block">Its block, or the one that was left. A key of the record.</param>
    /// <param name="Token">The token.</param>
    /// <param name="Conduct">What it does.</param>
    /// <param name="Transactions">How many transactions show it.</param>
    public sealed record TokenJudged(Hash256 Tx, Hash256 Block, Address Token, TokenConduct Conduct, int Transactions) : LogEvent
    {
        /// <summary>Its number in the log.</summary>
        public const EventKind KindNumber = (EventKind)53;

        /// <summary>Its entry in the catalog.</summary>
        public static EventType Type { get; } = new(KindNumber, nameof(TokenJudged), Read);

        /// <inheritdoc/>
        public override EventKind Kind => KindNumber;

        /// <inheritdoc/>
        public override EventKeys Keys => EventKeys.Of(EventKey.Tx(Tx), EventKey.Block(Block));

        /// <inheritdoc/>
        public override void WriteFields<TFields>(ref TFields fields)
        {
            fields.Address("token", Token);
            fields.Code("conduct", Conduct);
            fields.Number("transactions", (ulong)Transactions);
        }

        private static TokenJudged Read(in RecordView record, ref PayloadReader fields) =>
            new(record.TxKey, record.BlockKey, fields.Address(), (TokenConduct)fields.Code(), fields.Count());
    }
}
