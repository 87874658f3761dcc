using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Records;

namespace Mempulse.Primitives.Events;

public abstract partial record LogEvent
{
    /// <summary>A relay stated who built a block, or offered one. It is a claim, not a proof.</summary>
    public sealed record RelayDataObserved : LogEvent
    {
        /// <summary>Its number in the log.</summary>
        public const EventKind KindNumber = (EventKind)86;

        /// <summary>The lane of what relays state. Its sources observe blocks, not the mempool.</summary>
        public const string Lane = "relay-data";

        /// <summary>Its entry in the catalog.</summary>
        public static EventType Type { get; } = new(KindNumber, nameof(RelayDataObserved), Read);

        /// <summary>The block. A key of the record.</summary>
        public required Hash256 Block { get; init; }

        /// <summary>The relay.</summary>
        public required string Relay { get; init; }

        /// <summary>Whether the block was delivered to the proposer or only submitted.</summary>
        public required RelayDataKind Subject { get; init; }

        /// <summary>The slot.</summary>
        public required ulong Slot { get; init; }

        /// <summary>The block before.</summary>
        public required Hash256 Parent { get; init; }

        /// <summary>Its height.</summary>
        public required BlockNumber Number { get; init; }

        /// <summary>The builder's BLS public key: 0x and 96 hex digits.</summary>
        public required string Builder { get; init; }

        /// <summary>Whom the builder pays.</summary>
        public required Address FeeRecipient { get; init; }

        /// <summary>The gas that it uses.</summary>
        public required Gas GasUsed { get; init; }

        /// <summary>What the builder pays.</summary>
        public required Wei Value { get; init; }

        /// <summary>Its transactions.</summary>
        public required ulong TransactionCount { get; init; }

        /// <summary>When the relay received it, in milliseconds since 1970; null for a delivered block.</summary>
        public ulong? ReceivedMilliseconds { get; init; }

        /// <inheritdoc/>
        public override EventKind Kind => KindNumber;

        /// <inheritdoc/>
        public override EventKeys Keys => EventKeys.Of(EventKey.Block(Block));

        /// <inheritdoc/>
        public override void WriteFields<TFields>(ref TFields fields)
        {
            fields.Text("relay", Relay);
            fields.Code("subject", Subject);
            fields.Number("slot", Slot);
            fields.Hash("parent", Parent);
            fields.Number("number", Number.Value);
            fields.Text("builder", Builder);
            fields.Address("feeRecipient", FeeRecipient);
            fields.Number("gasUsed", GasUsed.Value);
            fields.Amount("value", Value.Value);
            fields.Number("transactionCount", TransactionCount);
            fields.NullableNumber("receivedMs", ReceivedMilliseconds);
        }

        private static RelayDataObserved Read(in RecordView record, ref PayloadReader fields) => new()
        {
            Block = record.BlockKey,
            Relay = fields.Text(),
            Subject = (RelayDataKind)fields.Code(),
            Slot = fields.Number(),
            Parent = fields.Hash(),
            Number = new BlockNumber(fields.Number()),
            Builder = fields.Text(),
            FeeRecipient = fields.Address(),
            GasUsed = new Gas(fields.Number()),
            Value = new Wei(fields.Amount()),
            TransactionCount = fields.Number(),
            ReceivedMilliseconds = fields.NullableNumber(),
        };
    }
}
