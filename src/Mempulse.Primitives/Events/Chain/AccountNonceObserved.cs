using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Records;

namespace Mempulse.Primitives.Events;

public abstract partial record LogEvent
{
    /// <summary>A node reported the next nonce of an account whose chain was not known.</summary>
    /// <param name="Account">The account. A key of the record.</param>
    /// <param name="Next">The nonce of its next transaction.</param>
    public sealed record AccountNonceObserved(Address Account, Nonce Next) : LaneFact
    {
        /// <summary>Its number in the log.</summary>
        public const EventKind KindNumber = (EventKind)19;

        /// <summary>Its entry in the catalog.</summary>
        public static EventType Type { get; } = new(KindNumber, nameof(AccountNonceObserved), Read);

        /// <inheritdoc/>
        public override EventKind Kind => KindNumber;

        /// <inheritdoc/>
        public override EventKeys Keys => EventKeys.Of(EventKey.Sender(Account));

        /// <inheritdoc/>
        public override void WriteFields<TFields>(ref TFields fields) => fields.Number("next", Next.Value);

        private static AccountNonceObserved Read(in RecordView record, ref PayloadReader fields) =>
            new(record.SenderKey, new Nonce(fields.Number()));
    }
}
