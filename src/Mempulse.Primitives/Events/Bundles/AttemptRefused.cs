using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Records;

namespace Mempulse.Primitives.Events;

public abstract partial record LogEvent
{
    /// <summary>A request was not allowed to leave: the relay would drop it, or answer as if it had taken it.</summary>
    /// <param name="Bundle">The bundle. A key of the record.</param>
    /// <param name="Relay">The relay.</param>
    /// <param name="Command">What it would have asked for.</param>
    /// <param name="Rule">The rule that it breaks.</param>
    /// <param name="Detail">The same in a sentence.</param>
    /// <param name="IsDryRun">True if it would not have been sent anyway.</param>
    public sealed record AttemptRefused(Hash256 Bundle, string Relay, RelayCommandKind Command, PreflightRule Rule, string Detail, bool IsDryRun) : LogEvent
    {
        /// <summary>Its number in the log.</summary>
        public const EventKind KindNumber = (EventKind)82;

        /// <summary>Its entry in the catalog.</summary>
        public static EventType Type { get; } = new(KindNumber, nameof(AttemptRefused), Read);

        /// <inheritdoc/>
        public override EventKind Kind => KindNumber;

        /// <inheritdoc/>
        public override EventKeys Keys => EventKeys.Of(EventKey.Bundle(Bundle));

        /// <inheritdoc/>
        public override void WriteFields<TFields>(ref TFields fields)
        {
            fields.Text("relay", Relay);
            fields.Code("command", Command);
            fields.Code("rule", Rule);
            fields.Text("detail", Detail);
            fields.Flag("dryRun", IsDryRun);
        }

        private static AttemptRefused Read(in RecordView record, ref PayloadReader fields) =>
            new(record.BundleKey, fields.Text(), (RelayCommandKind)fields.Code(), (PreflightRule)fields.Code(), fields.Text(), fields.Flag());
    }
}
