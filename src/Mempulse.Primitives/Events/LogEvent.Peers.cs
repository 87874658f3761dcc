using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Records;

namespace Mempulse.Primitives.Events;

public abstract partial record LogEvent
{
    /// <summary>A peer can be heard from here on: handshake and status are done and its chain is ours. It is a source too.</summary>
    /// <param name="Peer">Keccak-256 of its public key. Stands in the record's keys.</param>
    /// <param name="Name">The source by name; its id is derived from it.</param>
    /// <param name="Lane">The lane it feeds.</param>
    /// <param name="Client">Its own word for itself.</param>
    /// <param name="EthVersion">The negotiated version of eth.</param>
    /// <param name="Endpoint">Where the connection goes.</param>
    /// <param name="IsInbound">True when the peer dialled us.</param>
    public sealed record PeerConnected(
        Hash256 Peer,
        string Name,
        string Lane,
        string Client,
        ulong EthVersion,
        string Endpoint,
        bool IsInbound) : LogEvent
    {
        /// <inheritdoc/>
        public override EventKind Kind => EventKind.PeerConnected;

        /// <inheritdoc/>
        public override EventKeys Keys => KeyOf(EventKey.Peer(Peer));

        /// <inheritdoc/>
        public override void WritePayload(MessagePackWriter writer)
        {
            writer.WriteArrayHeader(6);
            writer.Write(Name);
            writer.Write(Lane);
            writer.Write(Client);
            writer.Write(EthVersion);
            writer.Write(Endpoint);
            writer.Write(IsInbound);
        }

        internal static PeerConnected Read(in RecordView record, ref MessagePackReader reader)
        {
            var fields = new FieldReader(ref reader);
            var read = new PeerConnected(
                record.PeerKey,
                (fields.Next(ref reader) ? reader.ReadString() : null) ?? string.Empty,
                (fields.Next(ref reader) ? reader.ReadString() : null) ?? string.Empty,
                (fields.Next(ref reader) ? reader.ReadString() : null) ?? string.Empty,
                fields.Next(ref reader) ? reader.ReadUInt64() : 0,
                (fields.Next(ref reader) ? reader.ReadString() : null) ?? string.Empty,
                fields.Next(ref reader) && reader.ReadBoolean());
            fields.SkipRest(ref reader);
            return read;
        }
    }

    /// <summary>A peer can no longer be heard.</summary>
    /// <param name="Peer">Keccak-256 of its public key. Stands in the record's keys.</param>
    /// <param name="Name">The source by name.</param>
    /// <param name="Reason">Why, in the words of all sources.</param>
    /// <param name="ProtocolReason">Why, in the numbers of devp2p's Disconnect.</param>
    /// <param name="IsByPeer">True when the peer said so.</param>
    /// <param name="Detail">What happened, in a sentence.</param>
    public sealed record PeerLost(
        Hash256 Peer,
        string Name,
        SourceLossReason Reason,
        ulong ProtocolReason,
        bool IsByPeer,
        string Detail) : LogEvent
    {
        /// <inheritdoc/>
        public override EventKind Kind => EventKind.PeerLost;

        /// <inheritdoc/>
        public override EventKeys Keys => KeyOf(EventKey.Peer(Peer));

        /// <inheritdoc/>
        public override void WritePayload(MessagePackWriter writer)
        {
            writer.WriteArrayHeader(5);
            writer.Write(Name);
            writer.Write((ulong)Reason);
            writer.Write(ProtocolReason);
            writer.Write(IsByPeer);
            writer.Write(Detail);
        }

        internal static PeerLost Read(in RecordView record, ref MessagePackReader reader)
        {
            var fields = new FieldReader(ref reader);
            var read = new PeerLost(
                record.PeerKey,
                (fields.Next(ref reader) ? reader.ReadString() : null) ?? string.Empty,
                (SourceLossReason)ReadCode(ref fields, ref reader),
                fields.Next(ref reader) ? reader.ReadUInt64() : 0,
                fields.Next(ref reader) && reader.ReadBoolean(),
                (fields.Next(ref reader) ? reader.ReadString() : null) ?? string.Empty);
            fields.SkipRest(ref reader);
            return read;
        }
    }
}
