namespace Mempulse.Features.Markets;

/// <summary>A market as its storage describes it.</summary>
/// <param name="Revision">The revision of its code.</param>
/// <param name="Reserves">Its reserves, in ascending order of their places.</param>
internal sealed record MarketState(int Revision, IReadOnlyList<ReserveState> Reserves);
