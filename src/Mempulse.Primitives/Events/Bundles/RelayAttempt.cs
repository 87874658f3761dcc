using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Records;

namespace Mempulse.Primitives.Events;

public abstract partial record LogEvent
{
    /// <summary>A request was answered, or failed.</summary>
    public sealed record RelayAttempt : LogEvent
    {
        /// <summary>Its number in the log.</summary>
        public const EventKind KindNumber = (EventKind)84;

        /// <summary>Its entry in the catalog.</summary>
        public static EventType Type { get; } = new(KindNumber, nameof(RelayAttempt), Read);

        /// <summary>The bundle. A key of the record.</summary>
        public required Hash256 Bundle { get; init; }

        /// <summary>The relay.</summary>
        public required string Relay { get; init; }

        /// <summary>What it asked for.</summary>
        public required RelayCommandKind Command { get; init; }

        /// <summary>The number of the attempt that started it.</summary>
        public required int Number { get; init; }

        /// <summary>What came back.</summary>
        public required ErrorClass Class { get; init; }

        /// <summary>What follows from it.</summary>
        public required AttemptConsequence Consequence { get; init; }

        /// <summary>The HTTP status; null without an answer.</summary>
        public int? Status { get; init; }

        /// <summary>From the call to the last byte of the answer, or to the failure; 0 in a dry run.</summary>
        public required ulong LatencyMicroseconds { get; init; }

        /// <summary>What the relay said, in at most 200 characters; never a credential.</summary>
        public required string Detail { get; init; }

        /// <summary>True if nothing was sent.</summary>
        public required bool IsDryRun { get; init; }

        /// <inheritdoc/>
        public override EventKind Kind => KindNumber;

        /// <inheritdoc/>
        public override EventKeys Keys => EventKeys.Of(EventKey.Bundle(Bundle));

        /// <inheritdoc/>
        public override void WriteFields<TFields>(ref TFields fields)
        {
            fields.Text("relay", Relay);
            fields.Code("command", Command);
            fields.Number("number", (ulong)Number);
            fields.Code("class", Class);
            fields.Code("consequence", Consequence);
            fields.NullableNumber("status", (ulong?)Status);
            fields.Number("latencyUs", LatencyMicroseconds);
            fields.Text("detail", Detail);
            fields.Flag("dryRun", IsDryRun);
        }

        private static RelayAttempt Read(in RecordView record, ref PayloadReader fields) => new()
        {
            Bundle = record.BundleKey,
            Relay = fields.Text(),
            Command = (RelayCommandKind)fields.Code(),
            Number = fields.Count(),
            Class = (ErrorClass)fields.Code(),
            Consequence = (AttemptConsequence)fields.Code(),
            Status = fields.NullableCount(),
            LatencyMicroseconds = fields.Number(),
            Detail = fields.Text(),
            IsDryRun = fields.Flag(),
        };
    }
}
