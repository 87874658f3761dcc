using Mempulse.Devp2p.Dialing;
using Mempulse.Devp2p.Keys;

namespace Mempulse.Net.Ingest;

/// <summary>How a lane of peers finds them.</summary>
/// <param name="Self">This node's own address; its port is 0 when it does not listen.</param>
/// <param name="Dials">Which nodes do not become peers, and why.</param>
public sealed record PeerSearch(Enode Self, DialReport Dials);
