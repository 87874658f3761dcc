using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Records;

namespace Mempulse.Primitives.Events;

public abstract partial record LogEvent
{
    /// <summary>A transaction moved between seen, pending and queued.</summary>
    /// <param name="Hash">The transaction. Stands in the record's keys.</param>
    /// <param name="Sender">Its sender. Stands in the record's keys.</param>
    /// <param name="From">Where it stood.</param>
    /// <param name="To">Where it stands.</param>
    /// <param name="Replaces">The transaction of the same nonce whose place it took.</param>
    public sealed record TxStateChanged(Hash256 Hash, Address Sender, TxState From, TxState To, Hash256? Replaces) : LogEvent
    {
        /// <inheritdoc/>
        public override EventKind Kind => EventKind.TxStateChanged;

        /// <inheritdoc/>
        public override EventKeys Keys => KeyOf(EventKey.Tx(Hash)).With(EventKey.Sender(Sender));

        /// <inheritdoc/>
        public override void WritePayload(MessagePackWriter writer)
        {
            writer.WriteArrayHeader(3);
            writer.Write((ulong)From);
            writer.Write((ulong)To);
            WriteOptional(writer, Replaces);
        }

        internal static TxStateChanged Read(in RecordView record, ref MessagePackReader reader)
        {
            var fields = new FieldReader(ref reader);
            var read = new TxStateChanged(
                record.TxKey,
                record.SenderKey,
                (TxState)ReadCode(ref fields, ref reader),
                (TxState)ReadCode(ref fields, ref reader),
                fields.Next(ref reader) ? reader.ReadHash() : null);
            fields.SkipRest(ref reader);
            return read;
        }
    }

    /// <summary>Another transaction of the same sender and nonce took the place of this one.</summary>
    /// <param name="Hash">The one replaced. Stands in the record's keys.</param>
    /// <param name="Sender">The sender of both. Stands in the record's keys.</param>
    /// <param name="From">Where it stood.</param>
    /// <param name="By">The one that took its place.</param>
    /// <param name="Nonce">The nonce of both.</param>
    /// <param name="ByInclusion">True when a block decided it, false when a higher fee did.</param>
    public sealed record TxReplaced(Hash256 Hash, Address Sender, TxState From, Hash256 By, Nonce Nonce, bool ByInclusion) : LogEvent
    {
        /// <inheritdoc/>
        public override EventKind Kind => EventKind.TxReplaced;

        /// <inheritdoc/>
        public override EventKeys Keys => KeyOf(EventKey.Tx(Hash)).With(EventKey.Sender(Sender));

        /// <inheritdoc/>
        public override void WritePayload(MessagePackWriter writer)
        {
            writer.WriteArrayHeader(4);
            writer.Write((ulong)From);
            writer.Write(By);
            writer.Write(Nonce.Value);
            writer.Write(ByInclusion);
        }

        internal static TxReplaced Read(in RecordView record, ref MessagePackReader reader)
        {
            var fields = new FieldReader(ref reader);
            var read = new TxReplaced(
                record.TxKey,
                record.SenderKey,
                (TxState)ReadCode(ref fields, ref reader),
                fields.Next(ref reader) ? reader.ReadHash() : default,
                new Nonce(fields.Next(ref reader) ? reader.ReadUInt64() : 0),
                fields.Next(ref reader) && reader.ReadBoolean());
            fields.SkipRest(ref reader);
            return read;
        }
    }

    /// <summary>A canonical block includes a transaction.</summary>
    /// <param name="Hash">The transaction. Stands in the record's keys.</param>
    /// <param name="Block">The block. Stands in the record's keys.</param>
    /// <param name="Sender">Its sender. Stands in the record's keys.</param>
    /// <param name="From">Where it stood.</param>
    /// <param name="Number">The height of the block.</param>
    /// <param name="Index">Its index in the block, from 0.</param>
    /// <param name="Succeeded">Its receipt's status.</param>
    public sealed record TxIncluded(
        Hash256 Hash,
        Hash256 Block,
        Address Sender,
        TxState From,
        BlockNumber Number,
        int Index,
        bool Succeeded) : LogEvent
    {
        /// <inheritdoc/>
        public override EventKind Kind => EventKind.TxIncluded;

        /// <inheritdoc/>
        public override EventKeys Keys => KeyOf(EventKey.Tx(Hash)).With(EventKey.Block(Block)).With(EventKey.Sender(Sender));

        /// <inheritdoc/>
        public override void WritePayload(MessagePackWriter writer)
        {
            writer.WriteArrayHeader(4);
            writer.Write((ulong)From);
            writer.Write(Number.Value);
            writer.Write((ulong)Index);
            writer.Write(Succeeded);
        }

        internal static TxIncluded Read(in RecordView record, ref MessagePackReader reader)
        {
            var fields = new FieldReader(ref reader);
            var read = new TxIncluded(
                record.TxKey,
                record.BlockKey,
                record.SenderKey,
                (TxState)ReadCode(ref fields, ref reader),
                new BlockNumber(fields.Next(ref reader) ? reader.ReadUInt64() : 0),
                fields.Next(ref reader) ? (int)reader.ReadUInt64(int.MaxValue) : 0,
                !fields.Next(ref reader) || reader.ReadBoolean());
            fields.SkipRest(ref reader);
            return read;
        }
    }

    /// <summary>A reorg took a transaction out of the chain again.</summary>
    /// <param name="Hash">The transaction. Stands in the record's keys.</param>
    /// <param name="Block">The block that was left. Stands in the record's keys.</param>
    /// <param name="Sender">Its sender. Stands in the record's keys.</param>
    /// <param name="Number">The height of that block.</param>
    /// <param name="To">Where it stands.</param>
    public sealed record TxReopened(Hash256 Hash, Hash256 Block, Address Sender, BlockNumber Number, TxState To) : LogEvent
    {
        /// <inheritdoc/>
        public override EventKind Kind => EventKind.TxReopened;

        /// <inheritdoc/>
        public override EventKeys Keys => KeyOf(EventKey.Tx(Hash)).With(EventKey.Block(Block)).With(EventKey.Sender(Sender));

        /// <inheritdoc/>
        public override void WritePayload(MessagePackWriter writer)
        {
            writer.WriteArrayHeader(2);
            writer.Write(Number.Value);
            writer.Write((ulong)To);
        }

        internal static TxReopened Read(in RecordView record, ref MessagePackReader reader)
        {
            var fields = new FieldReader(ref reader);
            var read = new TxReopened(
                record.TxKey,
                record.BlockKey,
                record.SenderKey,
                new BlockNumber(fields.Next(ref reader) ? reader.ReadUInt64() : 0),
                (TxState)ReadCode(ref fields, ref reader));
            fields.SkipRest(ref reader);
            return read;
        }
    }

    /// <summary>An inclusion is final, whatever arrives later.</summary>
    /// <param name="Hash">The transaction. Stands in the record's keys.</param>
    /// <param name="Block">The block. Stands in the record's keys.</param>
    /// <param name="Sender">Its sender. Stands in the record's keys.</param>
    /// <param name="Number">The height of the block.</param>
    public sealed record TxConfirmed(Hash256 Hash, Hash256 Block, Address Sender, BlockNumber Number) : LogEvent
    {
        /// <inheritdoc/>
        public override EventKind Kind => EventKind.TxConfirmed;

        /// <inheritdoc/>
        public override EventKeys Keys => KeyOf(EventKey.Tx(Hash)).With(EventKey.Block(Block)).With(EventKey.Sender(Sender));

        /// <inheritdoc/>
        public override void WritePayload(MessagePackWriter writer)
        {
            writer.WriteArrayHeader(1);
            writer.Write(Number.Value);
        }

        internal static TxConfirmed Read(in RecordView record, ref MessagePackReader reader)
        {
            var fields = new FieldReader(ref reader);
            var read = new TxConfirmed(
                record.TxKey,
                record.BlockKey,
                record.SenderKey,
                new BlockNumber(fields.Next(ref reader) ? reader.ReadUInt64() : 0));
            fields.SkipRest(ref reader);
            return read;
        }
    }

    /// <summary>A transaction waited longer than the fold keeps it.</summary>
    /// <param name="Hash">The transaction. Stands in the record's keys.</param>
    /// <param name="From">Where it stood.</param>
    /// <param name="WaitedSeconds">Seconds of block time it waited.</param>
    public sealed record TxExpired(Hash256 Hash, TxState From, ulong WaitedSeconds) : LogEvent
    {
        /// <inheritdoc/>
        public override EventKind Kind => EventKind.TxExpired;

        /// <inheritdoc/>
        public override EventKeys Keys => KeyOf(EventKey.Tx(Hash));

        /// <inheritdoc/>
        public override void WritePayload(MessagePackWriter writer)
        {
            writer.WriteArrayHeader(2);
            writer.Write((ulong)From);
            writer.Write(WaitedSeconds);
        }

        internal static TxExpired Read(in RecordView record, ref MessagePackReader reader)
        {
            var fields = new FieldReader(ref reader);
            var read = new TxExpired(
                record.TxKey,
                (TxState)ReadCode(ref fields, ref reader),
                fields.Next(ref reader) ? reader.ReadUInt64() : 0);
            fields.SkipRest(ref reader);
            return read;
        }
    }
}
