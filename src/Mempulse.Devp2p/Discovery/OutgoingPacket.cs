using System.Net;

namespace Mempulse.Devp2p.Discovery;

/// <summary>Bytes to send, and where to.</summary>
internal sealed record OutgoingPacket(IPEndPoint To, byte[] Bytes);
