using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Records;

namespace Mempulse.Primitives.Events;

public abstract partial record LogEvent
{
    /// <summary>A writer opened the log; its parameters hold from here on.</summary>
    /// <param name="Epoch">The writer's epoch.</param>
    /// <param name="Chain">The chain whose log this is.</param>
    /// <param name="Writer">Which process it is, for people.</param>
    /// <param name="Parameters">The parameters of the fold from here on.</param>
    public sealed record EpochStarted(Epoch Epoch, ChainId Chain, string Writer, FoldParameters Parameters) : LogEvent
    {
        /// <summary>Its number in the log.</summary>
        public const EventKind KindNumber = (EventKind)112;

        /// <summary>Its entry in the catalog.</summary>
        public static EventType Type { get; } = new(KindNumber, nameof(EpochStarted), Read);

        /// <inheritdoc/>
        public override EventKind Kind => KindNumber;

        /// <inheritdoc/>
        public override EventKeys Keys => EventKeys.None;

        /// <inheritdoc/>
        public override void WriteFields<TFields>(ref TFields fields)
        {
            fields.Number("epoch", Epoch.Value);
            fields.Number("chain", Chain.Value);
            fields.Text("writer", Writer);
            fields.Number("confirmationDepthBlocks", Parameters.ConfirmationDepthBlocks);
            fields.Number("expirySeconds", Parameters.ExpirySeconds);
            fields.Number("feeBumpPercent", Parameters.FeeBumpPercent);
            fields.Number("blobFeeBumpPercent", Parameters.BlobFeeBumpPercent);
            fields.Number("retentionBlocks", Parameters.RetentionBlocks);
            fields.TrailingCode("feeBumpRule", Parameters.FeeBumpRule);
        }

        private static EpochStarted Read(in RecordView record, ref PayloadReader fields) => new(
            new Epoch(fields.Number()),
            new ChainId(fields.Number()),
            fields.Text(),
            new FoldParameters
            {
                ConfirmationDepthBlocks = fields.Number(FoldParameters.DefaultConfirmationDepthBlocks),
                ExpirySeconds = fields.Number(FoldParameters.DefaultExpirySeconds),
                FeeBumpPercent = fields.Number(FoldParameters.DefaultFeeBumpPercent),
                BlobFeeBumpPercent = fields.Number(FoldParameters.DefaultBlobFeeBumpPercent),
                RetentionBlocks = fields.Number(FoldParameters.DefaultRetentionBlocks),
                FeeBumpRule = (FeeBumpRule)fields.ByteCode(),
            });
    }
}
