using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Records;

namespace Mempulse.Primitives.Events;

public abstract partial record LogEvent
{
    /// <summary>A block joined the canonical chain on top of the block before it.</summary>
    public sealed record BlockObserved : LaneFact
    {
        /// <summary>Its number in the log.</summary>
        public const EventKind KindNumber = (EventKind)16;

        /// <summary>Its entry in the catalog.</summary>
        public static EventType Type { get; } = new(KindNumber, nameof(BlockObserved), Read);

        /// <summary>The block. A key of the record.</summary>
        public required Hash256 Hash { get; init; }

        /// <summary>Its height.</summary>
        public required BlockNumber Number { get; init; }

        /// <summary>The block before it.</summary>
        public required Hash256 ParentHash { get; init; }

        /// <summary>Its timestamp in seconds since the Unix epoch; the only clock the fold knows.</summary>
        public required ulong TimestampSeconds { get; init; }

        /// <summary>EIP-1559 base fee per gas; zero before London.</summary>
        public required Wei BaseFeePerGas { get; init; }

        /// <summary>Gas its transactions used.</summary>
        public required Gas GasUsed { get; init; }

        /// <summary>Gas its transactions could have used.</summary>
        public required Gas GasLimit { get; init; }

        /// <summary>The account that earns its fees.</summary>
        public required Address FeeRecipient { get; init; }

        /// <summary>EIP-4844 excess blob gas; zero before Cancun.</summary>
        public required Gas ExcessBlobGas { get; init; }

        /// <summary>EIP-4844 blob gas its transactions used; zero before Cancun.</summary>
        public required Gas BlobGasUsed { get; init; }

        /// <summary>Its transactions in order.</summary>
        public required IReadOnlyList<BlockTx> Transactions { get; init; }

        /// <summary>Next nonces after this block of accounts whose authorisations it carries, where a node reported them.</summary>
        public required IReadOnlyList<AccountNonce> AuthorityNonces { get; init; }

        /// <summary>Which parts are recorded as a node claims them.</summary>
        public UnverifiedParts Unverified { get; init; }

        /// <inheritdoc/>
        public override EventKind Kind => KindNumber;

        /// <inheritdoc/>
        public override EventKeys Keys => EventKeys.Of(EventKey.Block(Hash));

        /// <inheritdoc/>
        public override void WriteFields<TFields>(ref TFields fields)
        {
            fields.Number("number", Number.Value);
            fields.Hash("parentHash", ParentHash);
            fields.Number("timestampSeconds", TimestampSeconds);
            fields.Amount("baseFeePerGas", BaseFeePerGas.Value);
            fields.Number("gasUsed", GasUsed.Value);
            fields.Number("gasLimit", GasLimit.Value);
            fields.Address("feeRecipient", FeeRecipient);
            fields.Number("excessBlobGas", ExcessBlobGas.Value);
            fields.Number("blobGasUsed", BlobGasUsed.Value);
            fields.BeginList("transactions", Transactions.Count);
            foreach (var tx in Transactions)
            {
                fields.Item(tx);
            }

            fields.EndList();
            fields.BeginList("authorityNonces", AuthorityNonces.Count);
            foreach (var nonce in AuthorityNonces)
            {
                fields.Item(nonce);
            }

            fields.EndList();
            fields.TrailingCode("unverified", Unverified);
        }

        private static BlockObserved Read(in RecordView record, ref PayloadReader fields) => new()
        {
            Hash = record.BlockKey,
            Number = new BlockNumber(fields.Number()),
            ParentHash = fields.Hash(),
            TimestampSeconds = fields.Number(),
            BaseFeePerGas = new Wei(fields.Amount()),
            GasUsed = new Gas(fields.Number()),
            GasLimit = new Gas(fields.Number()),
            FeeRecipient = fields.Address(),
            ExcessBlobGas = new Gas(fields.Number()),
            BlobGasUsed = new Gas(fields.Number()),
            Transactions = fields.List(BlockTx.Read),
            AuthorityNonces = fields.List(AccountNonce.Read),
            Unverified = (UnverifiedParts)fields.Code(),
        };
    }
}
