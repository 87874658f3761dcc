namespace Mempulse.Api.Observations;

/// <summary>The peers, connected ones first.</summary>
/// <param name="Chain">The chain.</param>
/// <param name="Connected">How many of them are connected.</param>
/// <param name="Peers">The connected peers, and recently lost ones.</param>
public sealed record PeersResponse(string Chain, int Connected, IReadOnlyList<PeerPart> Peers);
