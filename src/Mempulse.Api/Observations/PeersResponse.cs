namespace Mempulse.Api.Observations;

/// <summary>The peers, connected ones first.</summary>
/// <param name="Chain">The chain.</param>
/// <param name="Connected">How many of them can be heard.</param>
/// <param name="Peers">Those that can be heard, and those that could lately.</param>
public sealed record PeersResponse(string Chain, int Connected, IReadOnlyList<PeerPart> Peers);
