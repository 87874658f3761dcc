using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Records;

namespace Mempulse.Primitives.Events;

public abstract partial record LogEvent
{
    /// <summary>A writer opened the log; its parameters hold from here on.</summary>
    /// <param name="Epoch">The writer's term.</param>
    /// <param name="Chain">The chain whose log this is.</param>
    /// <param name="Writer">Which process it is, for people.</param>
    /// <param name="Parameters">What the fold uses from here on.</param>
    public sealed record EpochStarted(Epoch Epoch, ChainId Chain, string Writer, FoldParameters Parameters) : LogEvent
    {
        /// <inheritdoc/>
        public override EventKind Kind => EventKind.EpochStarted;

        /// <inheritdoc/>
        public override EventKeys Keys => EventKeys.None;

        /// <inheritdoc/>
        public override void WritePayload(MessagePackWriter writer)
        {
            writer.WriteArrayHeader(8);
            writer.Write(Epoch.Value);
            writer.Write(Chain.Value);
            writer.Write(Writer);
            writer.Write(Parameters.ConfirmationDepthBlocks);
            writer.Write(Parameters.ExpirySeconds);
            writer.Write(Parameters.FeeBumpPercent);
            writer.Write(Parameters.BlobFeeBumpPercent);
            writer.Write(Parameters.RetentionBlocks);
        }

        internal static EpochStarted Read(ref MessagePackReader reader)
        {
            var fields = new FieldReader(ref reader);
            var read = new EpochStarted(
                new Epoch(fields.Next(ref reader) ? reader.ReadUInt64() : 0),
                new ChainId(fields.Next(ref reader) ? reader.ReadUInt64() : 0),
                (fields.Next(ref reader) ? reader.ReadString() : null) ?? string.Empty,
                new FoldParameters
                {
                    ConfirmationDepthBlocks = fields.Next(ref reader) ? reader.ReadUInt64() : FoldParameters.DefaultConfirmationDepthBlocks,
                    ExpirySeconds = fields.Next(ref reader) ? reader.ReadUInt64() : FoldParameters.DefaultExpirySeconds,
                    FeeBumpPercent = fields.Next(ref reader) ? (uint)reader.ReadUInt64(uint.MaxValue) : FoldParameters.DefaultFeeBumpPercent,
                    BlobFeeBumpPercent = fields.Next(ref reader) ? (uint)reader.ReadUInt64(uint.MaxValue) : FoldParameters.DefaultBlobFeeBumpPercent,
                    RetentionBlocks = fields.Next(ref reader) ? reader.ReadUInt64() : FoldParameters.DefaultRetentionBlocks,
                });
            fields.SkipRest(ref reader);
            return read;
        }
    }

    /// <summary>The fold saved its state.</summary>
    /// <param name="At">The last position in that state.</param>
    /// <param name="Digest">Its state digest, left-padded with zeros to 32 bytes.</param>
    /// <param name="RuleVersion">The version of the fold's rules.</param>
    public sealed record CheckpointTaken(GlobalSeq At, Hash256 Digest, string RuleVersion) : LogEvent
    {
        /// <inheritdoc/>
        public override EventKind Kind => EventKind.CheckpointTaken;

        /// <inheritdoc/>
        public override EventKeys Keys => EventKeys.None;

        /// <inheritdoc/>
        public override void WritePayload(MessagePackWriter writer)
        {
            writer.WriteArrayHeader(3);
            writer.Write(At.Value);
            writer.Write(Digest);
            writer.Write(RuleVersion);
        }

        internal static CheckpointTaken Read(ref MessagePackReader reader)
        {
            var fields = new FieldReader(ref reader);
            var read = new CheckpointTaken(
                new GlobalSeq(fields.Next(ref reader) ? reader.ReadUInt64() : 0),
                fields.Next(ref reader) ? reader.ReadHash() : default,
                (fields.Next(ref reader) ? reader.ReadString() : null) ?? string.Empty);
            fields.SkipRest(ref reader);
            return read;
        }
    }
}
