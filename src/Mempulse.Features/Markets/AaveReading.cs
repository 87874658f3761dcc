using Mempulse.Features.Book;
using Mempulse.Features.Liquidations.Aave;
using Mempulse.Primitives;

namespace Mempulse.Features.Markets;

/// <summary>Which slots say what a pool of Aave V3, or an account of it, is at a block, and what they say.</summary>
internal static class AaveReading
{
    /// <summary>Places of the pool's list: the two bits of each fit a word.</summary>
    public const int MaxReserves = 128;

    private const int ShareBits = 16;
    private const int BonusAt = 32;
    private const int CollateralAt = 48;

    /// <summary>The slots of a pool that are still to be read, as far as the known ones tell.</summary>
    public static IReadOnlyList<SlotOf> MissingOfPool(in Address pool, MarketValues known)
    {
        var missing = new List<SlotOf>();
        known.IsKnown(pool, AaveSlots.Revision, missing);
        if (!known.IsKnown(pool, AaveSlots.Count, missing))
        {
            return missing;
        }

        foreach (int place in PlacesOf(pool, known))
        {
            if (known.IsKnown(pool, AaveSlots.ListEntry(place), missing) && TokenAt(pool, place, known) is { IsZero: false } token)
            {
                foreach (ulong word in AaveSlots.ReserveWords)
                {
                    known.IsKnown(pool, WordOf(token, word), missing);
                }
            }
        }

        return missing;
    }

    /// <summary>The tokens of a pool that its oracle prices, once its slots are known.</summary>
    public static IReadOnlyList<Address> TokensOf(Address pool, MarketValues known) =>
        [.. PlacesOf(pool, known).Select(place => TokenAt(pool, place, known)).Where(static token => !token.IsZero)];

    /// <summary>The pool as complete slots describe it.</summary>
    /// <returns>Null if they are not those of such a pool.</returns>
    public static MarketState? ReadPool(in Address pool, MarketValues known)
    {
        var revision = known[pool, AaveSlots.Revision];
        var reserves = new List<ReserveState>();
        foreach (int place in PlacesOf(pool, known))
        {
            var token = TokenAt(pool, place, known);
            if (token.IsZero)
            {
                continue;
            }

            if (ReadReserve(pool, place, token, known) is not { } reserve)
            {
                return null;
            }

            reserves.Add(reserve);
        }

        return revision.BitLength is > 0 and < 31 && reserves.Count > 0 ? new MarketState((int)revision.LowUInt64, reserves) : null;
    }

    /// <summary>The slots of an account that are still to be read, as far as the known ones tell.</summary>
    public static IReadOnlyList<SlotOf> MissingOfAccount(in Address pool, IReadOnlyList<ReserveTokens> reserves, in Address account, MarketValues known)
    {
        var missing = new List<SlotOf>();
        bool isKnown = known.IsKnown(pool, AaveSlots.Account(account), missing);
        if (known.IsKnown(pool, AaveSlots.AccountCategory(account), missing) && CategoryOf(pool, account, known) is > 0 and var category)
        {
            known.IsKnown(pool, AaveSlots.Category(category), missing);
        }

        foreach (var (place, use) in isKnown ? UsesOf(pool, account, known) : [])
        {
            if (place >= reserves.Count || reserves[place].IsEmpty)
            {
                continue; // a reserve that is newer than what is known of the pool
            }

            if (use.HasFlag(AaveUses.Collateral))
            {
                known.IsKnown(reserves[place].Supply, AaveSlots.SupplyBalance(account), missing);
            }

            if (use.HasFlag(AaveUses.Debt))
            {
                known.IsKnown(reserves[place].Debt, AaveSlots.DebtBalance(account), missing);
            }
        }

        return missing;
    }

    /// <summary>The account as complete slots describe it.</summary>
    public static AccountState ReadAccount(in Address pool, IReadOnlyList<ReserveTokens> reserves, in Address account, MarketValues known)
    {
        var holdings = new List<AaveHolding>();
        foreach (var (place, use) in UsesOf(pool, account, known))
        {
            bool isKnown = place < reserves.Count && !reserves[place].IsEmpty;
            holdings.Add(new AaveHolding(
                place,
                use,
                isKnown && use.HasFlag(AaveUses.Collateral) ? BalanceOf(known[reserves[place].Supply, AaveSlots.SupplyBalance(account)]) : UInt256.Zero,
                isKnown && use.HasFlag(AaveUses.Debt) ? BalanceOf(known[reserves[place].Debt, AaveSlots.DebtBalance(account)]) : UInt256.Zero));
        }

        ulong category = CategoryOf(pool, account, known);
        return new AccountState(known[pool, AaveSlots.Account(account)], category, category == 0 ? UInt256.Zero : known[pool, AaveSlots.Category(category)], holdings);
    }

    /// <summary>The terms of an efficiency mode.</summary>
    public static AaveCategory ReadCategory(in UInt256 word) => new(
        WordField.Read(word, ShareBits, ShareBits), WordField.Read(word, BonusAt, ShareBits), WordField.ToUInt128(WordField.Read(word, CollateralAt, AaveSlots.HalfBits)));

    private static ReserveState? ReadReserve(in Address pool, int place, in Address token, MarketValues known)
    {
        var updated = known[pool, WordOf(token, AaveSlots.Updated)];
        if (AaveSlots.ReadPlace(updated) != place)
        {
            return null;
        }

        var (liquidity, borrow) = (known[pool, WordOf(token, AaveSlots.Liquidity)], known[pool, WordOf(token, AaveSlots.Borrow)]);
        return new ReserveState(
            new ReserveTokens(token, AaveSlots.ReadAddress(known[pool, WordOf(token, AaveSlots.SupplyToken)]), AaveSlots.ReadAddress(known[pool, WordOf(token, AaveSlots.DebtToken)])),
            new AaveReserve(
                place,
                token,
                known[pool, WordOf(token, AaveSlots.Configuration)],
                WordField.Read(liquidity, 0, AaveSlots.HalfBits),
                WordField.Read(liquidity, AaveSlots.HalfBits, AaveSlots.HalfBits),
                WordField.Read(borrow, 0, AaveSlots.HalfBits),
                WordField.Read(borrow, AaveSlots.HalfBits, AaveSlots.HalfBits),
                AaveSlots.ReadUpdatedAt(updated),
                AaveSlots.ReadGrace(updated),
                Price: default));
    }

    private static IEnumerable<int> PlacesOf(Address pool, MarketValues known) =>
        known.TryGet(pool, AaveSlots.Count, out var word) ? Enumerable.Range(0, int.Min(AaveSlots.ReadCount(word), MaxReserves)) : [];

    private static Address TokenAt(in Address pool, int place, MarketValues known) =>
        known.TryGet(pool, AaveSlots.ListEntry(place), out var word) ? AaveSlots.ReadAddress(word) : Address.Zero;

    private static UInt256 WordOf(in Address token, ulong word)
    {
        UInt256.AddWrapping(AaveSlots.Reserve(token), word, out var slot);
        return slot;
    }

    private static ulong CategoryOf(in Address pool, in Address account, MarketValues known) => WordField.Read(known[pool, AaveSlots.AccountCategory(account)], 0, AaveSlots.CategoryBits).LowUInt64;

    private static UInt256 BalanceOf(in UInt256 word) => WordField.Read(word, 0, AaveSlots.BalanceBits);

    private static List<(int Place, AaveUses Use)> UsesOf(in Address pool, in Address account, MarketValues known)
    {
        var uses = new List<(int, AaveUses)>();
        var word = known[pool, AaveSlots.Account(account)];
        for (int place = 0; place < MaxReserves; place++)
        {
            var use = (AaveUses)WordField.Read(word, 2 * place, 2).LowUInt64;
            if (use != AaveUses.None)
            {
                uses.Add((place, use));
            }
        }

        return uses;
    }
}
