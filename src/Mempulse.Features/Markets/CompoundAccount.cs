using Mempulse.Primitives;

namespace Mempulse.Features.Markets;

/// <summary>An account of a market of Compound V3.</summary>
/// <param name="Account">The account.</param>
/// <param name="Principal">Its principal as it is stored: 104 bits, with a sign.</param>
/// <param name="Borrowed">The principal that it owes; zero if it lends.</param>
/// <param name="Holdings">Its collateral, in ascending order of the places.</param>
/// <param name="IsWhole">False if it has a collateral that the market's terms, as they are known, do not name.</param>
public sealed record CompoundAccount(Address Account, UInt256 Principal, UInt256 Borrowed, IReadOnlyList<CompoundHolding> Holdings, bool IsWhole);
