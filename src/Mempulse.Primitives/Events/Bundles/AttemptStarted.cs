using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Records;

namespace Mempulse.Primitives.Events;

public abstract partial record LogEvent
{
    /// <summary>A request is about to leave. It is durable before the first byte is sent; without a <see cref="RelayAttempt"/> of its number the relay may have it.</summary>
    public sealed record AttemptStarted : LogEvent
    {
        /// <summary>Its number in the log.</summary>
        public const EventKind KindNumber = (EventKind)83;

        /// <summary>Its entry in the catalog.</summary>
        public static EventType Type { get; } = new(KindNumber, nameof(AttemptStarted), Read);

        /// <summary>The bundle. A key of the record.</summary>
        public required Hash256 Bundle { get; init; }

        /// <summary>The relay.</summary>
        public required string Relay { get; init; }

        /// <summary>What it asks for.</summary>
        public required RelayCommandKind Command { get; init; }

        /// <summary>Its number for this bundle, relay and command, from 1.</summary>
        public required int Number { get; init; }

        /// <summary>How long was waited before it.</summary>
        public required ulong BackoffMilliseconds { get; init; }

        /// <summary>The seed of the waits, from which they follow.</summary>
        public required Hash256 Seed { get; init; }

        /// <summary>Keccak-256 of the body.</summary>
        public required Hash256 Request { get; init; }

        /// <summary>True if nothing is sent.</summary>
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
            fields.Number("backoffMs", BackoffMilliseconds);
            fields.Hash("seed", Seed);
            fields.Hash("request", Request);
            fields.Flag("dryRun", IsDryRun);
        }

        private static AttemptStarted Read(in RecordView record, ref PayloadReader fields) => new()
        {
            Bundle = record.BundleKey,
            Relay = fields.Text(),
            Command = (RelayCommandKind)fields.Code(),
            Number = fields.Count(),
            BackoffMilliseconds = fields.Number(),
            Seed = fields.Hash(),
            Request = fields.Hash(),
            IsDryRun = fields.Flag(),
        };
    }
}
