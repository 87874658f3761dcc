using System.Net;

namespace Mempulse.Devp2p.Discovery;

/// <summary>A datagram to send, with its destination.</summary>
internal sealed record OutgoingPacket(IPEndPoint To, byte[] Bytes);
