using Mempulse.Devp2p.Keys;
using Mempulse.Devp2p.Records;
using Mempulse.Primitives;

namespace Mempulse.Devp2p.Discovery;

/// <summary>A discv4 packet. A closed hierarchy.</summary>
/// <remarks><see href="https://github.com/ethereum/devp2p/blob/master/discv4.md"/>, EIP-868. Expirations are in Unix seconds.</remarks>
internal abstract record V4Packet
{
    private V4Packet()
    {
    }

    public sealed record Ping(ulong Version, V4Endpoint From, V4Endpoint To, ulong Expiration, ulong? RecordSequence) : V4Packet;

    public sealed record Pong(V4Endpoint To, Hash256 PingHash, ulong Expiration, ulong? RecordSequence) : V4Packet;

    public sealed record FindNode(NodeId Target, ulong Expiration) : V4Packet;

    public sealed record Neighbors(IReadOnlyList<V4Neighbor> Nodes, ulong Expiration) : V4Packet;

    public sealed record RecordRequest(ulong Expiration) : V4Packet;

    public sealed record RecordResponse(Hash256 RequestHash, NodeRecord Record) : V4Packet;
}
