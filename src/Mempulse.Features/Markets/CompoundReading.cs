using Mempulse.Features.Book;
using Mempulse.Primitives;
using Mempulse.Replay.Entries;

namespace Mempulse.Features.Markets;

/// <summary>Which slots say what a market of Compound V3, or an account of it, is at a block, and what they say.</summary>
internal static class CompoundReading
{
    /// <summary>The slots of a market that are still to be read.</summary>
    public static IReadOnlyList<SlotOf> MissingOfMarket(in Address market, IReadOnlyList<ReserveTokens> assets, MarketValues known)
    {
        var missing = new List<SlotOf>();
        known.IsKnown(market, CompoundSlots.Indexes, missing);
        known.IsKnown(market, CompoundSlots.Totals, missing);
        foreach (var asset in assets)
        {
            known.IsKnown(market, CompoundSlots.Collateral(asset.Token), missing);
        }

        return missing;
    }

    /// <summary>The slots of an account that are still to be read, as far as the known ones tell.</summary>
    public static IReadOnlyList<SlotOf> MissingOfAccount(in Address market, IReadOnlyList<ReserveTokens> assets, in Address account, MarketValues known)
    {
        var missing = new List<SlotOf>();
        if (!known.IsKnown(market, CompoundSlots.Account(account), missing))
        {
            return missing;
        }

        var word = known[market, CompoundSlots.Account(account)];
        for (int place = 0; place < assets.Count; place++)
        {
            if (CompoundSlots.Has(word, place))
            {
                known.IsKnown(market, CompoundSlots.Balance(account, assets[place].Token), missing);
            }
        }

        return missing;
    }

    /// <summary>The account as complete slots describe it.</summary>
    public static CompoundAccount ReadAccount(in Address market, IReadOnlyList<ReserveTokens> assets, in Address account, MarketValues known)
    {
        var word = known[market, CompoundSlots.Account(account)];
        var holdings = new List<CompoundHolding>();
        bool isWhole = true;
        for (int place = 0; place < CompoundSlots.MaxAssets; place++)
        {
            if (CompoundSlots.Has(word, place))
            {
                isWhole &= place < assets.Count;
                if (place < assets.Count)
                {
                    holdings.Add(new CompoundHolding(place, WordField.Read(known[market, CompoundSlots.Balance(account, assets[place].Token)], 0, CompoundSlots.CollateralBits)));
                }
            }
        }

        return new CompoundAccount(account, WordField.Read(word, 0, CompoundSlots.PrincipalBits), CompoundSlots.ReadBorrowed(word), holdings, isWhole);
    }

    /// <summary>What slots of an account have to be: those bits that do not change without an event.</summary>
    public static IEnumerable<(Address Contract, SlotExpectation Slot)> Expectations(Address market, CompoundAccount account, IReadOnlyList<ReserveTokens> assets)
    {
        yield return (market, new SlotExpectation(CompoundSlots.Account(account.Account), CompoundSlots.PrincipalBits, account.Principal));
        foreach (var holding in account.Holdings)
        {
            if (holding.Asset < assets.Count)
            {
                yield return (market, new SlotExpectation(CompoundSlots.Balance(account.Account, assets[holding.Asset].Token), CompoundSlots.CollateralBits, holding.Balance));
            }
        }
    }

    public static void Encode(CompoundAccount account, EntryWriter writer)
    {
        writer.Write(account.Principal);
        writer.Write(account.IsWhole);
        writer.WriteCount(account.Holdings.Count);
        foreach (var holding in account.Holdings)
        {
            writer.WriteCount(holding.Asset);
            writer.Write(holding.Balance);
        }
    }

    public static CompoundAccount Decode(in Address account, ref EntryReader reader)
    {
        var principal = reader.ReadUInt256();
        bool isWhole = reader.ReadBoolean();
        var holdings = new CompoundHolding[reader.ReadCount()];
        for (int i = 0; i < holdings.Length; i++)
        {
            holdings[i] = new CompoundHolding(reader.ReadInt32(), reader.ReadUInt256());
        }

        return new CompoundAccount(account, principal, CompoundSlots.ReadBorrowed(principal), holdings, isWhole);
    }
}
