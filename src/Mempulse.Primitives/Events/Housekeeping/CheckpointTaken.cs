using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Records;

namespace Mempulse.Primitives.Events;

public abstract partial record LogEvent
{
    /// <summary>The fold saved its state.</summary>
    /// <param name="At">The last position in that state.</param>
    /// <param name="Digest">Its state digest, left-padded with zeros to 32 bytes.</param>
    /// <param name="RuleVersion">The version of the fold's rules.</param>
    public sealed record CheckpointTaken(GlobalSeq At, Hash256 Digest, string RuleVersion) : LogEvent
    {
        /// <summary>Its number in the log.</summary>
        public const EventKind KindNumber = (EventKind)113;

        /// <summary>Its entry in the catalog.</summary>
        public static EventType Type { get; } = new(KindNumber, nameof(CheckpointTaken), Read);

        /// <inheritdoc/>
        public override EventKind Kind => KindNumber;

        /// <inheritdoc/>
        public override EventKeys Keys => EventKeys.None;

        /// <inheritdoc/>
        public override void WriteFields<TFields>(ref TFields fields)
        {
            fields.Number("at", At.Value);
            fields.Hash("digest", Digest);
            fields.Text("ruleVersion", RuleVersion);
        }

        private static CheckpointTaken Read(in RecordView record, ref PayloadReader fields) =>
            new(new GlobalSeq(fields.Number()), fields.Hash(), fields.Text());
    }
}
