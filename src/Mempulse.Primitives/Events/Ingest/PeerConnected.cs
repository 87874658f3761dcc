using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Records;

namespace Mempulse.Primitives.Events;

public abstract partial record LogEvent
{
    /// <summary>A peer is connected from here on: handshake and status are done and its chain is ours. It is a source too.</summary>
    /// <param name="Peer">Keccak-256 of its public key. A key of the record.</param>
    /// <param name="Name">The source by name; its id is derived from it.</param>
    /// <param name="Lane">The lane it feeds.</param>
    /// <param name="Client">The client name it sent in its Hello.</param>
    /// <param name="EthVersion">The negotiated version of eth.</param>
    /// <param name="Endpoint">The address of the connection.</param>
    /// <param name="IsInbound">True when the peer dialled us.</param>
    public sealed record PeerConnected(
        Hash256 Peer,
        string Name,
        string Lane,
        string Client,
        ulong EthVersion,
        string Endpoint,
        bool IsInbound) : LaneFact
    {
        /// <summary>Its number in the log.</summary>
        public const EventKind KindNumber = (EventKind)7;

        /// <summary>Its entry in the catalog.</summary>
        public static EventType Type { get; } = new(KindNumber, nameof(PeerConnected), Read);

        /// <inheritdoc/>
        public override EventKind Kind => KindNumber;

        /// <inheritdoc/>
        public override EventKeys Keys => EventKeys.Of(EventKey.Peer(Peer));

        /// <inheritdoc/>
        public override void WriteFields<TFields>(ref TFields fields)
        {
            fields.Text("name", Name);
            fields.Text("lane", Lane);
            fields.Text("client", Client);
            fields.Number("ethVersion", EthVersion);
            fields.Text("endpoint", Endpoint);
            fields.Flag("inbound", IsInbound);
        }

        private static PeerConnected Read(in RecordView record, ref PayloadReader fields) =>
            new(record.PeerKey, fields.Text(), fields.Text(), fields.Text(), fields.Number(), fields.Text(), fields.Flag());
    }
}
