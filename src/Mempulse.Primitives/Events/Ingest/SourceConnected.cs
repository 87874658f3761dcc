using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Records;

namespace Mempulse.Primitives.Events;

public abstract partial record LogEvent
{
    /// <summary>A source is connected from here on.</summary>
    /// <param name="Name">The source by name; its id is derived from it.</param>
    /// <param name="Lane">The lane it feeds.</param>
    /// <param name="Endpoint">Where it is, without credentials.</param>
    /// <param name="Chain">The chain it claims to serve.</param>
    /// <param name="Client">The client it identifies as; empty when not known.</param>
    /// <param name="IsSynthetic">True when its arrival times are synthetic, not measured.</param>
    public sealed record SourceConnected(string Name, string Lane, string Endpoint, ChainId Chain, string Client, bool IsSynthetic) : LaneFact
    {
        /// <summary>Its number in the log.</summary>
        public const EventKind KindNumber = (EventKind)5;

        /// <summary>Its entry in the catalog.</summary>
        public static EventType Type { get; } = new(KindNumber, nameof(SourceConnected), Read);

        /// <inheritdoc/>
        public override EventKind Kind => KindNumber;

        /// <inheritdoc/>
        public override EventKeys Keys => EventKeys.None;

        /// <inheritdoc/>
        public override void WriteFields<TFields>(ref TFields fields)
        {
            fields.Text("name", Name);
            fields.Text("lane", Lane);
            fields.Text("endpoint", Endpoint);
            fields.Number("chain", Chain.Value);
            fields.Text("client", Client);
            fields.Flag("synthetic", IsSynthetic);
        }

        private static SourceConnected Read(in RecordView record, ref PayloadReader fields) =>
            new(fields.Text(), fields.Text(), fields.Text(), new ChainId(fields.Number()), fields.Text(), fields.Flag());
    }
}
