using Mempulse.Devp2p.Keys;
using Mempulse.Primitives;

namespace Mempulse.Devp2p.Discovery;

/// <summary>A node that answered a ping, with the hash of its key.</summary>
internal sealed record TableEntry(Enode Node, Hash256 Hash, DateTimeOffset LastSeen);
