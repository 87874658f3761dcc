using System.Net;
using Mempulse.Devp2p.Eth;
using Mempulse.Devp2p.Keys;

namespace Mempulse.Devp2p.Sessions;

/// <summary>A connected peer, as described by its hello and status.</summary>
/// <param name="Id">The peer's public key, authenticated by the handshake.</param>
/// <param name="Address">Remote endpoint of the connection.</param>
/// <param name="Direction">Which side dialled.</param>
/// <param name="ClientName">The peer's claimed client name, reduced to printable ASCII.</param>
/// <param name="EthVersion">The negotiated version of eth.</param>
/// <param name="Status">The peer's status.</param>
public sealed record PeerDescription(NodeId Id, IPEndPoint Address, PeerDirection Direction, string ClientName, ulong EthVersion, EthStatus Status);
