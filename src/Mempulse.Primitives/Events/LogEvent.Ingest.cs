using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Records;

namespace Mempulse.Primitives.Events;

public abstract partial record LogEvent
{
    /// <summary>A source showed a transaction; one for every sighting.</summary>
    /// <param name="Hash">The transaction. Stands in the record's keys.</param>
    /// <param name="Via">How it was shown.</param>
    public sealed record TxSeen(Hash256 Hash, SightingVia Via) : LogEvent
    {
        /// <inheritdoc/>
        public override EventKind Kind => EventKind.TxSeen;

        /// <inheritdoc/>
        public override EventKeys Keys => KeyOf(EventKey.Tx(Hash));

        /// <inheritdoc/>
        public override void WritePayload(MessagePackWriter writer) => WritePayload(writer, Via);

        internal static void WritePayload(MessagePackWriter writer, SightingVia via)
        {
            writer.WriteArrayHeader(1);
            writer.Write((ulong)via);
        }

        internal static TxSeen Read(in RecordView record, ref MessagePackReader reader)
        {
            var fields = new FieldReader(ref reader);
            var read = new TxSeen(record.TxKey, fields.Next(ref reader) ? (SightingVia)reader.ReadUInt64(byte.MaxValue) : default);
            fields.SkipRest(ref reader);
            return read;
        }
    }

    /// <summary>A transaction's body was decoded, its hash checked and its sender recovered.</summary>
    /// <param name="Hash">The transaction. Stands in the record's keys.</param>
    /// <param name="Sender">Its recovered sender. Stands in the record's keys.</param>
    /// <param name="Tx">The body.</param>
    public sealed record TxDecoded(Hash256 Hash, Address Sender, NormalizedTx Tx) : LogEvent
    {
        /// <inheritdoc/>
        public override EventKind Kind => EventKind.TxDecoded;

        /// <inheritdoc/>
        public override EventKeys Keys => KeyOf(EventKey.Tx(Hash)).With(EventKey.Sender(Sender));

        /// <inheritdoc/>
        public override void WritePayload(MessagePackWriter writer) => NormalizedTxCodec.Write(writer, Tx);

        internal static TxDecoded Read(in RecordView record, ref MessagePackReader reader) =>
            new(record.TxKey, record.SenderKey, NormalizedTxCodec.Read(ref reader));
    }

    /// <summary>Ingest did not process transactions. It never changes the life of a transaction.</summary>
    /// <remarks>Drops of one kind in one window may share one event; the count is exact.</remarks>
    /// <param name="First">The first one dropped, or the zero hash when its hash is not known. Stands in the record's keys.</param>
    /// <param name="Reason">Why.</param>
    /// <param name="Lane">The lane that dropped, by name.</param>
    /// <param name="Queue">The queue or check that dropped.</param>
    /// <param name="DepthNow">Items in the queue when it happened.</param>
    /// <param name="DepthPeak">Most items the queue ever held.</param>
    /// <param name="Count">How many, exactly, from First to Last in one window.</param>
    /// <param name="Last">The last one dropped.</param>
    /// <param name="Detail">What was wrong, in a sentence.</param>
    /// <param name="Raw">The bytes that did not decode, cut to a bound; empty for other reasons.</param>
    public sealed record TxIngestDropped(
        Hash256 First,
        DropReason Reason,
        string Lane,
        string Queue,
        ulong DepthNow,
        ulong DepthPeak,
        ulong Count,
        Hash256 Last,
        string Detail,
        ReadOnlyMemory<byte> Raw) : LogEvent
    {
        /// <inheritdoc/>
        public override EventKind Kind => EventKind.TxIngestDropped;

        /// <inheritdoc/>
        public override EventKeys Keys => KeyOf(EventKey.Tx(First));

        /// <inheritdoc/>
        public override void WritePayload(MessagePackWriter writer)
        {
            writer.WriteArrayHeader(9);
            writer.Write((ulong)Reason);
            writer.Write(Lane);
            writer.Write(Queue);
            writer.Write(DepthNow);
            writer.Write(DepthPeak);
            writer.Write(Count);
            writer.Write(Last);
            writer.Write(Detail);
            writer.Write(Raw.Span);
        }

        internal static TxIngestDropped Read(in RecordView record, ref MessagePackReader reader)
        {
            var fields = new FieldReader(ref reader);
            var read = new TxIngestDropped(
                record.TxKey,
                (DropReason)ReadCode(ref fields, ref reader),
                (fields.Next(ref reader) ? reader.ReadString() : null) ?? string.Empty,
                (fields.Next(ref reader) ? reader.ReadString() : null) ?? string.Empty,
                fields.Next(ref reader) ? reader.ReadUInt64() : 0,
                fields.Next(ref reader) ? reader.ReadUInt64() : 0,
                fields.Next(ref reader) ? reader.ReadUInt64() : 0,
                fields.Next(ref reader) ? reader.ReadHash() : default,
                (fields.Next(ref reader) ? reader.ReadString() : null) ?? string.Empty,
                fields.Next(ref reader) ? reader.ReadBytes().ToArray() : default(ReadOnlyMemory<byte>));
            fields.SkipRest(ref reader);
            return read;
        }
    }

    /// <summary>Ingest did not process a block.</summary>
    /// <param name="Block">The block, or the zero hash when its hash is not known. Stands in the record's keys.</param>
    /// <param name="Reason">Why.</param>
    /// <param name="Number">Its height as the source said it.</param>
    /// <param name="Detail">What was wrong, in a sentence.</param>
    public sealed record BlockIngestDropped(Hash256 Block, DropReason Reason, BlockNumber Number, string Detail) : LogEvent
    {
        /// <inheritdoc/>
        public override EventKind Kind => EventKind.BlockIngestDropped;

        /// <inheritdoc/>
        public override EventKeys Keys => KeyOf(EventKey.Block(Block));

        /// <inheritdoc/>
        public override void WritePayload(MessagePackWriter writer)
        {
            writer.WriteArrayHeader(3);
            writer.Write((ulong)Reason);
            writer.Write(Number.Value);
            writer.Write(Detail);
        }

        internal static BlockIngestDropped Read(in RecordView record, ref MessagePackReader reader)
        {
            var fields = new FieldReader(ref reader);
            var read = new BlockIngestDropped(
                record.BlockKey,
                (DropReason)ReadCode(ref fields, ref reader),
                new BlockNumber(fields.Next(ref reader) ? reader.ReadUInt64() : 0),
                (fields.Next(ref reader) ? reader.ReadString() : null) ?? string.Empty);
            fields.SkipRest(ref reader);
            return read;
        }
    }

    /// <summary>A source can be heard from here on.</summary>
    /// <param name="Name">The source by name; its id is derived from it.</param>
    /// <param name="Lane">The lane it feeds.</param>
    /// <param name="Endpoint">Where it is, without credentials.</param>
    /// <param name="Chain">The chain it says it serves.</param>
    /// <param name="Client">What it says it is; empty when not known.</param>
    /// <param name="IsSynthetic">True when its arrival times were made, not measured.</param>
    public sealed record SourceConnected(
        string Name,
        string Lane,
        string Endpoint,
        ChainId Chain,
        string Client,
        bool IsSynthetic) : LogEvent
    {
        /// <inheritdoc/>
        public override EventKind Kind => EventKind.SourceConnected;

        /// <inheritdoc/>
        public override EventKeys Keys => EventKeys.None;

        /// <inheritdoc/>
        public override void WritePayload(MessagePackWriter writer)
        {
            writer.WriteArrayHeader(6);
            writer.Write(Name);
            writer.Write(Lane);
            writer.Write(Endpoint);
            writer.Write(Chain.Value);
            writer.Write(Client);
            writer.Write(IsSynthetic);
        }

        internal static SourceConnected Read(ref MessagePackReader reader)
        {
            var fields = new FieldReader(ref reader);
            var read = new SourceConnected(
                (fields.Next(ref reader) ? reader.ReadString() : null) ?? string.Empty,
                (fields.Next(ref reader) ? reader.ReadString() : null) ?? string.Empty,
                (fields.Next(ref reader) ? reader.ReadString() : null) ?? string.Empty,
                new ChainId(fields.Next(ref reader) ? reader.ReadUInt64() : 0),
                (fields.Next(ref reader) ? reader.ReadString() : null) ?? string.Empty,
                fields.Next(ref reader) && reader.ReadBoolean());
            fields.SkipRest(ref reader);
            return read;
        }
    }

    /// <summary>A source can no longer be heard.</summary>
    /// <param name="Name">The source by name.</param>
    /// <param name="Reason">Why.</param>
    /// <param name="Detail">What happened, in a sentence.</param>
    public sealed record SourceLost(string Name, SourceLossReason Reason, string Detail) : LogEvent
    {
        /// <inheritdoc/>
        public override EventKind Kind => EventKind.SourceLost;

        /// <inheritdoc/>
        public override EventKeys Keys => EventKeys.None;

        /// <inheritdoc/>
        public override void WritePayload(MessagePackWriter writer)
        {
            writer.WriteArrayHeader(3);
            writer.Write(Name);
            writer.Write((ulong)Reason);
            writer.Write(Detail);
        }

        internal static SourceLost Read(ref MessagePackReader reader)
        {
            var fields = new FieldReader(ref reader);
            var read = new SourceLost(
                (fields.Next(ref reader) ? reader.ReadString() : null) ?? string.Empty,
                (SourceLossReason)ReadCode(ref fields, ref reader),
                (fields.Next(ref reader) ? reader.ReadString() : null) ?? string.Empty);
            fields.SkipRest(ref reader);
            return read;
        }
    }
}
