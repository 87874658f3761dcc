using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Records;

namespace Mempulse.Primitives.Events;

public abstract partial record LogEvent
{
    /// <summary>Nonce and balance of an account that is followed, such as the operator's, after a block.</summary>
    /// <param name="Account">The account. A key of the record.</param>
    /// <param name="Block">The block. A key of the record.</param>
    /// <param name="Number">The block's height.</param>
    /// <param name="Next">The nonce of its next transaction.</param>
    /// <param name="Balance">Its balance.</param>
    /// <param name="IsProven">True if both are proven against the block's state root (EIP-1186).</param>
    public sealed record AccountStateObserved(Address Account, Hash256 Block, BlockNumber Number, Nonce Next, Wei Balance, bool IsProven) : LogEvent
    {
        /// <summary>Its number in the log.</summary>
        public const EventKind KindNumber = (EventKind)25;

        /// <summary>Its entry in the catalog.</summary>
        public static EventType Type { get; } = new(KindNumber, nameof(AccountStateObserved), Read);

        /// <inheritdoc/>
        public override EventKind Kind => KindNumber;

        /// <inheritdoc/>
        public override EventKeys Keys => EventKeys.Of(EventKey.Sender(Account), EventKey.Block(Block));

        /// <inheritdoc/>
        public override void WriteFields<TFields>(ref TFields fields)
        {
            fields.Number("number", Number.Value);
            fields.Number("next", Next.Value);
            fields.Amount("balance", Balance.Value);
            fields.Flag("proven", IsProven);
        }

        private static AccountStateObserved Read(in RecordView record, ref PayloadReader fields) =>
            new(record.SenderKey, record.BlockKey, new BlockNumber(fields.Number()), new Nonce(fields.Number()), new Wei(fields.Amount()), fields.Flag());
    }
}
