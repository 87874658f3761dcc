using Mempulse.Devp2p.Keys;

namespace Mempulse.Devp2p.Discovery;

/// <summary>A node reported by another node; unverified until it answers a ping.</summary>
internal sealed record V4Neighbor(V4Endpoint Endpoint, NodeId Id);
