using Mempulse.Devp2p.Keys;

namespace Mempulse.Devp2p.Discovery;

/// <summary>A node that another one tells of; hearsay until it answers a ping.</summary>
internal sealed record V4Neighbor(V4Endpoint Place, NodeId Id);
