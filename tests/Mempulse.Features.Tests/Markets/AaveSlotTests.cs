using Mempulse.Features.Liquidations.Aave;
using Mempulse.Features.Markets;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Testing.Mainnet;

namespace Mempulse.Features.Tests.Markets;

/// <summary>Where Aave V3 keeps its state, held against the storage that a withdrawal in block 19,716,145 of mainnet read: its borrower supplied bitcoin and owed dollars.</summary>
/// <remarks>Addresses and terms are those that Aave publishes. What the pool computes from such storage: AaveHealthTests.</remarks>
public sealed class AaveSlotTests
{
    private const ulong Block = 19_716_145;
    private const int Bitcoin = 2;
    private const int Dollars = 8;

    private static readonly Address s_pool = Address.Parse("0x87870bca3f3fd6335c3f4ce8392d69350b4fa4e2");
    private static readonly Address s_borrower = Address.Parse("0xf8587bfb4d3e0b31029efa09d595ee6179ddfeaa");
    private static readonly ReserveTokens s_bitcoin = new(
        Address.Parse("0x2260fac5e5542a773aa44fbcfedf7c193bc2c599"), Address.Parse("0x5ee5bf7ae06d1be5997a1a72006fe6c607ec6de8"), Address.Parse("0x40aabef1aa8f0eec637e0e7d92fbffb2f26a8b7b"));
    private static readonly Address s_dollars = Address.Parse("0xdac17f958d2ee523a2206206994597c13d831ec7");
    private static readonly Address s_dollarDebt = Address.Parse("0x6df1c1e379bc5a00a7b4c6e67a203333772f45a8");

    private static readonly RecordedBlock s_block = RecordedBlock.Read(Path.Combine(AppContext.BaseDirectory, "vectors", "mainnet"), Block);

    [Fact]
    public void The_list_of_reserves_has_as_many_places_as_the_pool_then_had() => Assert.Equal(29, AaveSlots.ReadCount(Stored(s_pool, AaveSlots.Count)));

    [Fact]
    public void A_reserve_has_its_tokens_terms_and_indexes()
    {
        var read = Reserve(Bitcoin);

        Assert.Equal(s_bitcoin, read.Tokens);
        Assert.Equal((Bitcoin, s_bitcoin.Token), (read.Reserve.Id, read.Reserve.Token));
        var terms = AaveTerms.Of(read.Reserve, 7, s_block.Time);
        Assert.Equal((7_800UL, 10_500UL, 1_000UL, 100_000_000UL, true), (terms.Threshold.LowUInt64, terms.Bonus.LowUInt64, terms.ProtocolFee.LowUInt64, terms.Unit.LowUInt64, terms.IsLiquidated));
        var ray = (UInt256)1_000_000_000_000_000_000 * 1_000_000_000;
        var tenPercent = (UInt256)100_000_000_000_000_000 * 1_000_000_000;
        Assert.True(read.Reserve.LiquidityIndex > ray && read.Reserve.BorrowIndex > read.Reserve.LiquidityIndex, "both grow, and debts faster");
        Assert.True(read.Reserve.BorrowRate > read.Reserve.LiquidityRate && read.Reserve.BorrowRate < tenPercent, "a few percent in a year, of which suppliers receive a part");
        Assert.InRange(read.Reserve.UpdatedAt, s_block.Time - (24 * 60 * 60), s_block.Time - 12);
    }

    [Fact]
    public void A_borrower_has_its_uses_and_balances()
    {
        var reserves = new ReserveTokens[Dollars + 1];
        (reserves[Bitcoin], reserves[Dollars]) = (s_bitcoin, new ReserveTokens(s_dollars, default, s_dollarDebt));
        Assert.Equal((s_dollars, s_dollarDebt), (AaveSlots.ReadAddress(Stored(s_pool, AaveSlots.ListEntry(Dollars))), AaveSlots.ReadAddress(Stored(s_pool, AaveSlots.Reserve(s_dollars) + AaveSlots.DebtToken))));
        var known = new MarketValues();
        while (AaveReading.MissingOfAccount(s_pool, reserves, s_borrower, known) is { Count: > 0 } missing)
        {
            foreach (var slot in missing)
            {
                Take(known, slot, Stored(slot.Contract, slot.Slot));
            }
        }

        var read = AaveReading.ReadAccount(s_pool, reserves, s_borrower, known);

        Assert.Equal((UInt256)0x10020, read.Uses);
        Assert.Equal(0UL, read.CategoryNumber);
        Assert.Equal([new AaveHolding(Bitcoin, AaveUses.Collateral, 0x775a0c99b, 0), new AaveHolding(Dollars, AaveUses.Debt, 0, 0x5546dd4583f)], read.Holdings);
    }

    /// <summary>A reserve of which the withdrawal read every word. Of the list it read two entries; the others count as empty.</summary>
    private static ReserveState Reserve(int place)
    {
        var known = new MarketValues();
        known.Set(new ContractSlot(s_pool, new ObservedSlot(AaveSlots.Revision, 3)));
        known.Set(new ContractSlot(s_pool, new ObservedSlot(AaveSlots.Count, AaveStorage.Fields(((ulong)place + 1, 64)))));
        while (AaveReading.MissingOfPool(s_pool, known) is { Count: > 0 } missing)
        {
            foreach (var slot in missing)
            {
                bool isOther = Enumerable.Range(0, place).Any(other => AaveSlots.ListEntry(other) == slot.Slot);
                Take(known, slot, isOther ? UInt256.Zero : Stored(slot.Contract, slot.Slot));
            }
        }

        return Assert.Single(AaveReading.ReadPool(s_pool, known)!.Reserves);
    }

    private static void Take(MarketValues known, SlotOf slot, in UInt256 value) => known.Set(new ContractSlot(slot.Contract, new ObservedSlot(slot.Slot, value)));

    private static UInt256 Stored(in Address contract, in UInt256 slot) => s_block.SlotOf(contract, slot) ?? throw new InvalidDataException($"The block did not read slot {slot} of {contract}.");
}
