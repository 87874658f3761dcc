using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Records;

namespace Mempulse.Primitives.Events;

public abstract partial record LogEvent
{
    /// <summary>From here on a part of the rules has this content. The content is in the store beside the log, and is there before the record.</summary>
    /// <param name="Set">Which part.</param>
    /// <param name="ContentHash">Keccak-256 of the content: its version.</param>
    /// <param name="SizeBytes">Size of the content.</param>
    /// <param name="Name">Where it was read from, for people.</param>
    public sealed record RulesLoaded(RuleSet Set, Hash256 ContentHash, ulong SizeBytes, string Name) : LogEvent
    {
        /// <summary>Its number in the log.</summary>
        public const EventKind KindNumber = (EventKind)115;

        /// <summary>Its entry in the catalog.</summary>
        public static EventType Type { get; } = new(KindNumber, nameof(RulesLoaded), Read);

        /// <inheritdoc/>
        public override EventKind Kind => KindNumber;

        /// <inheritdoc/>
        public override EventKeys Keys => EventKeys.None;

        /// <inheritdoc/>
        public override void WriteFields<TFields>(ref TFields fields)
        {
            fields.Code("set", Set);
            fields.Hash("contentHash", ContentHash);
            fields.Number("sizeBytes", SizeBytes);
            fields.Text("name", Name);
        }

        private static RulesLoaded Read(in RecordView record, ref PayloadReader fields) =>
            new((RuleSet)fields.Code(), fields.Hash(), fields.Number(), fields.Text());
    }
}
