using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Records;

namespace Mempulse.Primitives.Events;

public abstract partial record LogEvent
{
    /// <summary>A peer is no longer connected.</summary>
    /// <param name="Peer">Keccak-256 of its public key. A key of the record.</param>
    /// <param name="Name">The source by name.</param>
    /// <param name="Reason">Why, as for any source.</param>
    /// <param name="ProtocolReason">Why, by the numbers of devp2p's Disconnect.</param>
    /// <param name="IsByPeer">True when the peer closed the connection.</param>
    /// <param name="Detail">What happened, in a sentence.</param>
    public sealed record PeerLost(
        Hash256 Peer,
        string Name,
        SourceLossReason Reason,
        ulong ProtocolReason,
        bool IsByPeer,
        string Detail) : LaneFact
    {
        /// <summary>Its number in the log.</summary>
        public const EventKind KindNumber = (EventKind)8;

        /// <summary>Its entry in the catalog.</summary>
        public static EventType Type { get; } = new(KindNumber, nameof(PeerLost), Read);

        /// <inheritdoc/>
        public override EventKind Kind => KindNumber;

        /// <inheritdoc/>
        public override EventKeys Keys => EventKeys.Of(EventKey.Peer(Peer));

        /// <inheritdoc/>
        public override void WriteFields<TFields>(ref TFields fields)
        {
            fields.Text("name", Name);
            fields.Code("reason", Reason);
            fields.Number("protocolReason", ProtocolReason);
            fields.Flag("byPeer", IsByPeer);
            fields.Text("detail", Detail);
        }

        private static PeerLost Read(in RecordView record, ref PayloadReader fields) =>
            new(record.PeerKey, fields.Text(), (SourceLossReason)fields.Code(), fields.Number(), fields.Flag(), fields.Text());
    }
}
