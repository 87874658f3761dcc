using Mempulse.Features.Book;
using Mempulse.Primitives;

namespace Mempulse.Features.Markets;

/// <summary>An account or a reserve whose state is to be held against the chain's.</summary>
/// <param name="Key">The market, and the account or the reserve's token as a word.</param>
/// <param name="Expectations">What slots of the market's contracts have to be.</param>
public sealed record MarketSample(PoolKey Key, IReadOnlyList<(Address Contract, SlotExpectation Slot)> Expectations);
