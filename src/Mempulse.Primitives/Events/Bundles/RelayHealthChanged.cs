using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Records;

namespace Mempulse.Primitives.Events;

public abstract partial record LogEvent
{
    /// <summary>The breaker of a relay opened, closed or lets one request through, or its weight changed. Derived from attempts and outcomes alone.</summary>
    public sealed record RelayHealthChanged : LogEvent
    {
        /// <summary>Its number in the log.</summary>
        public const EventKind KindNumber = (EventKind)90;

        /// <summary>Its entry in the catalog.</summary>
        public static EventType Type { get; } = new(KindNumber, nameof(RelayHealthChanged), Read);

        /// <summary>The relay.</summary>
        public required string Relay { get; init; }

        /// <summary>Whether requests go to it.</summary>
        public required BreakerState From { get; init; }

        /// <summary>Whether requests go to it from here on.</summary>
        public required BreakerState To { get; init; }

        /// <summary>How much it counts among relays: 0 to 10,000.</summary>
        public required int WeightBasisPoints { get; init; }

        /// <summary>Attempts of its window.</summary>
        public required int Attempts { get; init; }

        /// <summary>Attempts of its window that were accepted.</summary>
        public required int Accepted { get; init; }

        /// <summary>The median latency of its window's answers.</summary>
        public required ulong LatencyMicroseconds { get; init; }

        /// <summary>The version that judged it, such as "relay-health/1".</summary>
        public required string Rules { get; init; }

        /// <inheritdoc/>
        public override EventKind Kind => KindNumber;

        /// <inheritdoc/>
        public override EventKeys Keys => EventKeys.None;

        /// <inheritdoc/>
        public override void WriteFields<TFields>(ref TFields fields)
        {
            fields.Text("relay", Relay);
            fields.Code("from", From);
            fields.Code("to", To);
            fields.Number("weightBps", (ulong)WeightBasisPoints);
            fields.Number("attempts", (ulong)Attempts);
            fields.Number("accepted", (ulong)Accepted);
            fields.Number("latencyUs", LatencyMicroseconds);
            fields.Text("rules", Rules);
        }

        private static RelayHealthChanged Read(in RecordView record, ref PayloadReader fields) => new()
        {
            Relay = fields.Text(),
            From = (BreakerState)fields.Code(),
            To = (BreakerState)fields.Code(),
            WeightBasisPoints = fields.Count(),
            Attempts = fields.Count(),
            Accepted = fields.Count(),
            LatencyMicroseconds = fields.Number(),
            Rules = fields.Text(),
        };
    }
}
