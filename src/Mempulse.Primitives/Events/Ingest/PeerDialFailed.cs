using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Records;

namespace Mempulse.Primitives.Events;

public abstract partial record LogEvent
{
    /// <summary>A configured node does not become a peer, or a lane has no peer yet. Recorded when the reason changes, not for every dial.</summary>
    /// <param name="Peer">Keccak-256 of the public key that was dialled; zero for a lane as a whole. A key of the record.</param>
    /// <param name="Name">The source by name; the lane's name for a lane as a whole.</param>
    /// <param name="Lane">The lane by name.</param>
    /// <param name="Endpoint">The address that was dialled; empty for a lane as a whole.</param>
    /// <param name="Reason">Why.</param>
    /// <param name="Detail">What happened, in a sentence.</param>
    public sealed record PeerDialFailed(
        Hash256 Peer,
        string Name,
        string Lane,
        string Endpoint,
        DialFailureReason Reason,
        string Detail) : LaneFact
    {
        /// <summary>Its number in the log.</summary>
        public const EventKind KindNumber = (EventKind)11;

        /// <summary>Its entry in the catalog.</summary>
        public static EventType Type { get; } = new(KindNumber, nameof(PeerDialFailed), Read);

        /// <inheritdoc/>
        public override EventKind Kind => KindNumber;

        /// <inheritdoc/>
        public override EventKeys Keys => EventKeys.Of(EventKey.Peer(Peer));

        /// <inheritdoc/>
        public override void WriteFields<TFields>(ref TFields fields)
        {
            fields.Text("name", Name);
            fields.Text("lane", Lane);
            fields.Text("endpoint", Endpoint);
            fields.Code("reason", Reason);
            fields.Text("detail", Detail);
        }

        private static PeerDialFailed Read(in RecordView record, ref PayloadReader fields) =>
            new(record.PeerKey, fields.Text(), fields.Text(), fields.Text(), (DialFailureReason)fields.Code(), fields.Text());
    }
}
