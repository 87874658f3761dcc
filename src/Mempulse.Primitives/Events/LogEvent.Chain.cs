using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Records;

namespace Mempulse.Primitives.Events;

public abstract partial record LogEvent
{
    /// <summary>A block joined the canonical chain on top of the block before it.</summary>
    public sealed record BlockObserved : LogEvent
    {
        private const int FieldCount = 11;
        private const int TxFieldCount = 6;

        /// <summary>The block. Stands in the record's keys.</summary>
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

        /// <summary>Gas its transactions might have used.</summary>
        public required Gas GasLimit { get; init; }

        /// <summary>Who earns its fees.</summary>
        public required Address FeeRecipient { get; init; }

        /// <summary>EIP-4844 excess blob gas; zero before Cancun.</summary>
        public required Gas ExcessBlobGas { get; init; }

        /// <summary>EIP-4844 blob gas its transactions used; zero before Cancun.</summary>
        public required Gas BlobGasUsed { get; init; }

        /// <summary>Its transactions in order.</summary>
        public required IReadOnlyList<BlockTx> Transactions { get; init; }

        /// <summary>Next nonces after this block of accounts whose authorisations it carries, where a node told them.</summary>
        public required IReadOnlyList<AccountNonce> AuthorityNonces { get; init; }

        /// <inheritdoc/>
        public override EventKind Kind => EventKind.BlockObserved;

        /// <inheritdoc/>
        public override EventKeys Keys => KeyOf(EventKey.Block(Hash));

        /// <inheritdoc/>
        public override void WritePayload(MessagePackWriter writer)
        {
            writer.WriteArrayHeader(FieldCount);
            writer.Write(Number.Value);
            writer.Write(ParentHash);
            writer.Write(TimestampSeconds);
            writer.Write(BaseFeePerGas.Value);
            writer.Write(GasUsed.Value);
            writer.Write(GasLimit.Value);
            writer.Write(FeeRecipient);
            writer.Write(ExcessBlobGas.Value);
            writer.Write(BlobGasUsed.Value);
            writer.WriteArrayHeader(Transactions.Count);
            foreach (var tx in Transactions)
            {
                writer.WriteArrayHeader(TxFieldCount);
                writer.Write(tx.Hash);
                writer.Write(tx.Sender);
                writer.Write(tx.Nonce.Value);
                writer.Write(tx.Succeeded);
                writer.Write(tx.GasUsed.Value);
                NormalizedTxCodec.WriteAuthorizations(writer, tx.Authorizations.Span);
            }

            writer.WriteArrayHeader(AuthorityNonces.Count);
            foreach (var nonce in AuthorityNonces)
            {
                writer.WriteArrayHeader(2);
                writer.Write(nonce.Account);
                writer.Write(nonce.Next.Value);
            }
        }

        internal static BlockObserved Read(in RecordView record, ref MessagePackReader reader)
        {
            var fields = new FieldReader(ref reader);
            var read = new BlockObserved
            {
                Hash = record.BlockKey,
                Number = new BlockNumber(fields.Next(ref reader) ? reader.ReadUInt64() : 0),
                ParentHash = fields.Next(ref reader) ? reader.ReadHash() : default,
                TimestampSeconds = fields.Next(ref reader) ? reader.ReadUInt64() : 0,
                BaseFeePerGas = new Wei(fields.Next(ref reader) ? reader.ReadUInt256() : default),
                GasUsed = new Gas(fields.Next(ref reader) ? reader.ReadUInt64() : 0),
                GasLimit = new Gas(fields.Next(ref reader) ? reader.ReadUInt64() : 0),
                FeeRecipient = fields.Next(ref reader) ? reader.ReadAddress() : default,
                ExcessBlobGas = new Gas(fields.Next(ref reader) ? reader.ReadUInt64() : 0),
                BlobGasUsed = new Gas(fields.Next(ref reader) ? reader.ReadUInt64() : 0),
                Transactions = fields.Next(ref reader) ? ReadTransactions(ref reader) : [],
                AuthorityNonces = fields.Next(ref reader) ? ReadNonces(ref reader) : [],
            };
            fields.SkipRest(ref reader);
            return read;
        }

        private static BlockTx[] ReadTransactions(ref MessagePackReader reader)
        {
            var transactions = new BlockTx[reader.ReadArrayHeader()];
            for (int i = 0; i < transactions.Length; i++)
            {
                var fields = new FieldReader(ref reader);
                transactions[i] = new BlockTx(
                    fields.Next(ref reader) ? reader.ReadHash() : default,
                    fields.Next(ref reader) ? reader.ReadAddress() : default,
                    new Nonce(fields.Next(ref reader) ? reader.ReadUInt64() : 0),
                    !fields.Next(ref reader) || reader.ReadBoolean(),
                    new Gas(fields.Next(ref reader) ? reader.ReadUInt64() : 0),
                    fields.Next(ref reader) ? NormalizedTxCodec.ReadAuthorizations(ref reader) : default(ReadOnlyMemory<Authorization>));
                fields.SkipRest(ref reader);
            }

            return transactions;
        }

        private static AccountNonce[] ReadNonces(ref MessagePackReader reader)
        {
            var nonces = new AccountNonce[reader.ReadArrayHeader()];
            for (int i = 0; i < nonces.Length; i++)
            {
                var fields = new FieldReader(ref reader);
                nonces[i] = new AccountNonce(
                    fields.Next(ref reader) ? reader.ReadAddress() : default,
                    new Nonce(fields.Next(ref reader) ? reader.ReadUInt64() : 0));
                fields.SkipRest(ref reader);
            }

            return nonces;
        }
    }

    /// <summary>The canonical chain left blocks it had; the new ones follow as <see cref="BlockObserved"/>.</summary>
    /// <remarks>The fold takes back every block above the common ancestor.</remarks>
    /// <param name="NewHead">The new head, as far as it is known. Stands in the record's keys.</param>
    /// <param name="OldHead">The head that was left.</param>
    /// <param name="CommonAncestor">The last block both chains share.</param>
    /// <param name="CommonAncestorNumber">Its height.</param>
    /// <param name="Depth">Blocks that were left.</param>
    public sealed record ReorgDetected(
        Hash256 NewHead,
        Hash256 OldHead,
        Hash256 CommonAncestor,
        BlockNumber CommonAncestorNumber,
        ulong Depth) : LogEvent
    {
        /// <inheritdoc/>
        public override EventKind Kind => EventKind.ReorgDetected;

        /// <inheritdoc/>
        public override EventKeys Keys => KeyOf(EventKey.Block(NewHead));

        /// <inheritdoc/>
        public override void WritePayload(MessagePackWriter writer)
        {
            writer.WriteArrayHeader(4);
            writer.Write(OldHead);
            writer.Write(CommonAncestor);
            writer.Write(CommonAncestorNumber.Value);
            writer.Write(Depth);
        }

        internal static ReorgDetected Read(in RecordView record, ref MessagePackReader reader)
        {
            var fields = new FieldReader(ref reader);
            var read = new ReorgDetected(
                record.BlockKey,
                fields.Next(ref reader) ? reader.ReadHash() : default,
                fields.Next(ref reader) ? reader.ReadHash() : default,
                new BlockNumber(fields.Next(ref reader) ? reader.ReadUInt64() : 0),
                fields.Next(ref reader) ? reader.ReadUInt64() : 0);
            fields.SkipRest(ref reader);
            return read;
        }
    }

    /// <summary>Blocks passed that nobody here saw: what they included is not known.</summary>
    /// <param name="From">First missing height, inclusive.</param>
    /// <param name="To">Last missing height, inclusive.</param>
    /// <param name="Detail">Why it was blind, in a sentence.</param>
    public sealed record ChainGap(BlockNumber From, BlockNumber To, string Detail) : LogEvent
    {
        /// <inheritdoc/>
        public override EventKind Kind => EventKind.ChainGap;

        /// <inheritdoc/>
        public override EventKeys Keys => EventKeys.None;

        /// <inheritdoc/>
        public override void WritePayload(MessagePackWriter writer)
        {
            writer.WriteArrayHeader(3);
            writer.Write(From.Value);
            writer.Write(To.Value);
            writer.Write(Detail);
        }

        internal static ChainGap Read(ref MessagePackReader reader)
        {
            var fields = new FieldReader(ref reader);
            var read = new ChainGap(
                new BlockNumber(fields.Next(ref reader) ? reader.ReadUInt64() : 0),
                new BlockNumber(fields.Next(ref reader) ? reader.ReadUInt64() : 0),
                (fields.Next(ref reader) ? reader.ReadString() : null) ?? string.Empty);
            fields.SkipRest(ref reader);
            return read;
        }
    }

    /// <summary>A node told the next nonce of an account whose chain was not known.</summary>
    /// <param name="Account">The account. Stands in the record's keys.</param>
    /// <param name="Next">The nonce of its next transaction.</param>
    public sealed record AccountNonceObserved(Address Account, Nonce Next) : LogEvent
    {
        /// <inheritdoc/>
        public override EventKind Kind => EventKind.AccountNonceObserved;

        /// <inheritdoc/>
        public override EventKeys Keys => KeyOf(EventKey.Sender(Account));

        /// <inheritdoc/>
        public override void WritePayload(MessagePackWriter writer)
        {
            writer.WriteArrayHeader(1);
            writer.Write(Next.Value);
        }

        internal static AccountNonceObserved Read(in RecordView record, ref MessagePackReader reader)
        {
            var fields = new FieldReader(ref reader);
            var read = new AccountNonceObserved(
                record.SenderKey,
                new Nonce(fields.Next(ref reader) ? reader.ReadUInt64() : 0));
            fields.SkipRest(ref reader);
            return read;
        }
    }

    private static void WriteOptional(MessagePackWriter writer, Hash256? value)
    {
        if (value is { } hash)
        {
            writer.Write(hash);
        }
        else
        {
            writer.WriteNil();
        }
    }
}
