using Mempulse.Devp2p.Keys;
using Mempulse.Primitives;

namespace Mempulse.Devp2p.Discovery;

/// <summary>A node that has answered.</summary>
internal sealed record TableEntry(Enode Node, Hash256 Hash, DateTimeOffset LastSeen);
