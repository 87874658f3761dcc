using Mempulse.Devp2p.Keys;
using Mempulse.Primitives;

namespace Mempulse.Devp2p.Discovery;

/// <summary>A packet that was authentic: its content, who signed it, and the hash by which answers refer to it.</summary>
internal sealed record V4Datagram(V4Packet Packet, NodeId Sender, Hash256 Hash);
