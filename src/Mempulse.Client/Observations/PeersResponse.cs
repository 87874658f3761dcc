namespace Mempulse.Client.Observations;

/// <summary>The peers, connected ones first.</summary>
/// <param name="Chain">The chain.</param>
/// <param name="Connected">How many of them are connected.</param>
/// <param name="Peers">The connected peers, recently lost ones, and configured nodes that cannot be connected; as recorded in the log.</param>
/// <param name="Search">For each host with a lane of peers: its enode, and which nodes do not become peers, and why.</param>
public sealed record PeersResponse(string Chain, int Connected, IReadOnlyList<PeerPart> Peers, IReadOnlyList<PeerSearchPart> Search);
