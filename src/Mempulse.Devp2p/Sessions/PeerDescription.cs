using System.Net;
using Mempulse.Devp2p.Eth;
using Mempulse.Devp2p.Keys;

namespace Mempulse.Devp2p.Sessions;

/// <summary>A connected peer, as its hello and status told.</summary>
/// <param name="Id">Its key, proved by the handshake.</param>
/// <param name="Address">Where the connection goes.</param>
/// <param name="Direction">Who dialled.</param>
/// <param name="ClientName">Its own word for itself, printable ASCII.</param>
/// <param name="EthVersion">The negotiated version.</param>
/// <param name="Status">Its chain.</param>
public sealed record PeerDescription(NodeId Id, IPEndPoint Address, PeerDirection Direction, string ClientName, ulong EthVersion, EthStatus Status);
