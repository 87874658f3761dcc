using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Records;

namespace Mempulse.Primitives.Events;

public abstract partial record LogEvent
{
    /// <summary>A source is no longer connected.</summary>
    /// <param name="Name">The source by name.</param>
    /// <param name="Reason">Why.</param>
    /// <param name="Detail">What happened, in a sentence.</param>
    public sealed record SourceLost(string Name, SourceLossReason Reason, string Detail) : LaneFact
    {
        /// <summary>Its number in the log.</summary>
        public const EventKind KindNumber = (EventKind)6;

        /// <summary>Its entry in the catalog.</summary>
        public static EventType Type { get; } = new(KindNumber, nameof(SourceLost), Read);

        /// <inheritdoc/>
        public override EventKind Kind => KindNumber;

        /// <inheritdoc/>
        public override EventKeys Keys => EventKeys.None;

        /// <inheritdoc/>
        public override void WriteFields<TFields>(ref TFields fields)
        {
            fields.Text("name", Name);
            fields.Code("reason", Reason);
            fields.Text("detail", Detail);
        }

        private static SourceLost Read(in RecordView record, ref PayloadReader fields) =>
            new(fields.Text(), (SourceLossReason)fields.Code(), fields.Text());
    }
}
