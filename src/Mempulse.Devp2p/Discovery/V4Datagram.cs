using Mempulse.Devp2p.Keys;
using Mempulse.Primitives;

namespace Mempulse.Devp2p.Discovery;

/// <summary>A verified packet: its content, its signer, and the hash that responses refer to.</summary>
internal sealed record V4Datagram(V4Packet Packet, NodeId Sender, Hash256 Hash);
