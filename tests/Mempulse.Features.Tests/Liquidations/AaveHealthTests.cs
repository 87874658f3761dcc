using System.Text.Json;
using Mempulse.Features.Liquidations.Aave;
using Mempulse.Features.Markets;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using ZstdSharp;

namespace Mempulse.Features.Tests.Liquidations;

/// <summary>Health and liquidations of accounts, held against what the pools of four revisions answered when they were run on the same storage.</summary>
public sealed class AaveHealthTests
{
    private const ulong Whole = AaveHealth.Whole;

    [Fact]
    public void Health_and_liquidations_are_what_the_pools_of_each_revision_answer()
    {
        var (checks, liquidations, differences) = (new SortedDictionary<int, int>(), new SortedDictionary<int, int>(), new List<string>());
        foreach (var vector in Vectors())
        {
            int revision = vector.GetProperty("revision").GetInt32();
            var (terms, holdings, category) = Read(vector);
            var health = AaveHealth.Of(revision, terms, holdings, category);
            var said = new AaveHealth(Number(vector.GetProperty("totalCollateral")), Number(vector.GetProperty("totalDebt")), Number(vector.GetProperty("healthFactor")));
            checks[revision] = checks.GetValueOrDefault(revision) + 1;
            if (health != said)
            {
                differences.Add($"{vector}: {health}, but the pool says {said}");
                continue;
            }

            var liquidation = Liquidation(revision, terms, holdings, category, said);
            var expected = vector.GetProperty("liquidation") is { ValueKind: JsonValueKind.Object } made ? (Number(made.GetProperty("debt")), Number(made.GetProperty("collateral"))) : ((UInt256, UInt256)?)null;
            liquidations[revision] = liquidations.GetValueOrDefault(revision) + (expected is null ? 0 : 1);
            if (liquidation != expected)
            {
                differences.Add($"{vector}: {liquidation}, but the pool does {expected}");
            }
        }

        Assert.Empty(differences);
        Assert.Equal([(7, 60), (8, 60), (10, 60), (11, 60)], checks.Select(static each => (each.Key, each.Value)));
        Assert.All(liquidations, static each => Assert.InRange(each.Value, 15, 55));
    }

    [Fact]
    public void The_best_offer_gains_most_of_all_that_the_pool_accepts()
    {
        int offers = 0;
        foreach (var vector in Vectors())
        {
            int revision = vector.GetProperty("revision").GetInt32();
            var (terms, holdings, category) = Read(vector);
            var health = AaveHealth.Of(revision, terms, holdings, category)!.Value;
            var offer = AaveOffer.Best(revision, terms, holdings, category, health);

            Assert.False(offer is not null && health.Factor >= Whole);
            if (Liquidation(revision, terms, holdings, category, health) is { } plain && offer is not null)
            {
                offers++;
                Assert.True(offer.Gain >= Gain(terms[1]!, terms[0]!, plain.Debt, plain.Collateral));
            }
        }

        Assert.True(offers > 60, $"{offers} offers");
    }

    [Fact]
    public void A_repayment_that_would_leave_dust_is_cut_so_that_enough_is_left()
    {
        // Half of all debts, 1,550, would leave 550 of the first one. The second one is small enough to be repaid whole, and gains less.
        AaveTerms?[] terms = [Dollars(0, threshold: 9_000), Dollars(1, threshold: 0), Dollars(2, threshold: 0)];
        AaveHolding[] holdings = [new(0, AaveUses.Collateral, Units(3_360), 0), new(1, AaveUses.Debt, 0, Units(2_100)), new(2, AaveUses.Debt, 0, Units(1_000))];
        var health = AaveHealth.Of(11, terms, holdings, AaveCategory.None)!.Value;

        var offer = AaveOffer.Best(11, terms, holdings, AaveCategory.None, health);

        Assert.True(health.Factor > Whole / 100 * 97 && health.Factor < Whole / 100 * 98);
        Assert.NotNull(offer);
        Assert.Equal(1, offer.Debt.Id);
        Assert.Equal(Units(1_100), offer.Amounts.Debt);
        Assert.Equal(AaveStatus.Accepted, offer.Amounts.Status);
    }

    [Fact]
    public void An_account_that_may_not_fall_stays_covered_at_the_other_price()
    {
        int skipped = 0;
        int fallen = 0;
        foreach (var vector in Vectors())
        {
            var (terms, holdings, category) = Read(vector);
            int revision = vector.GetProperty("revision").GetInt32();
            foreach (ulong percent in new ulong[] { 1, 50, 90, 97, 99, 100, 101, 103, 110, 200, 10_000 })
            {
                for (int place = 0; place < terms.Length; place++)
                {
                    if (terms[place] is not { } reserve || AaveHealth.Of(revision, terms, holdings, category) is not { } health)
                    {
                        continue;
                    }

                    UInt256.TryMultiplyDivide(reserve.Price, percent, 100, out var price, out _);
                    AaveTerms?[] moved = [.. terms];
                    moved[place] = reserve with { Price = price };
                    if (price.IsZero || AaveHealth.Of(revision, moved, holdings, category) is not { } other)
                    {
                        continue;
                    }

                    bool mayFall = health.MayFall(revision, reserve.Price, price);
                    Assert.True(mayFall || other.Factor >= Whole, $"revision {revision}, {percent} %: from {health.Factor} to {other.Factor}");
                    (skipped, fallen) = (skipped + (mayFall ? 0 : 1), fallen + (other.Factor < Whole ? 1 : 0));
                }
            }
        }

        Assert.True(skipped > 100 && fallen > 100, $"{skipped} skipped, {fallen} fallen");
    }

    [Fact]
    public void A_repayment_that_would_leave_dust_of_the_collateral_is_cut_so_that_enough_is_left()
    {
        // Half of all debts, 2,000, would take 2,100 of the first collateral and leave 900. The second one is small enough to be taken whole, and gains less.
        AaveTerms?[] terms = [Dollars(0, threshold: 9_000), Dollars(1, threshold: 9_000), Dollars(2, threshold: 0)];
        AaveHolding[] holdings = [new(0, AaveUses.Collateral, Units(3_000), 0), new(1, AaveUses.Collateral, Units(1_300), 0), new(2, AaveUses.Debt, 0, Units(4_000))];
        var health = AaveHealth.Of(11, terms, holdings, AaveCategory.None)!.Value;

        var offer = AaveOffer.Best(11, terms, holdings, AaveCategory.None, health);

        Assert.True(health.Factor > Whole / 100 * 96 && health.Factor < Whole / 100 * 97);
        Assert.NotNull(offer);
        Assert.Equal((0, (UInt256)1_904_761_904, (UInt256)1_999_999_999), (offer.Collateral.Id, offer.Amounts.Debt, offer.Amounts.Collateral));
        Assert.Equal(AaveStatus.Accepted, offer.Amounts.Status);
    }

    [Theory]
    [InlineData(6)]
    [InlineData(12)]
    public void A_revision_that_is_not_known_offers_nothing(int revision)
    {
        AaveTerms?[] terms = [Dollars(0, threshold: 9_000), Dollars(1, threshold: 0)];
        AaveHolding[] holdings = [new(0, AaveUses.Collateral, Units(1_000), 0), new(1, AaveUses.Debt, 0, Units(2_100))];

        Assert.Null(AaveOffer.Best(revision, terms, holdings, AaveCategory.None, new AaveHealth(1, 2, 3)));
    }

    [Fact]
    public void An_account_with_a_reserve_that_is_not_known_has_no_health()
    {
        AaveHolding[] holdings = [new(1, AaveUses.Debt, 0, 5)];

        Assert.Null(AaveHealth.Of(11, [Dollars(0, 9_000)], holdings, AaveCategory.None));
        Assert.Null(AaveHealth.Of(11, [Dollars(0, 9_000), null], holdings, AaveCategory.None));
        Assert.Null(AaveHealth.Of(11, [null, Dollars(1, 9_000) with { Price = 0 }], holdings, AaveCategory.None));
        Assert.Null(AaveHealth.Of(7, [null, Dollars(1, 9_000) with { IsPlain = false }], holdings, AaveCategory.None));
        Assert.Equal(UInt256.MaxValue, AaveHealth.Of(11, [], [], AaveCategory.None)!.Value.Factor);
    }

    private static AaveTerms Dollars(int id, ulong threshold)
    {
        UInt256.ShiftLeft(6, 48, out var decimals);
        UInt256.ShiftLeft(1, 252, out var isVirtual);
        UInt256.ShiftLeft(1, 56, out var isActive);
        var ray = (UInt256)1_000_000_000_000_000_000 * 1_000_000_000;
        return AaveTerms.Of(new AaveReserve(id, default, (threshold << 16) + (10_500UL << 32) + decimals + isVirtual + isActive, ray, 0, ray, 0, 1, 0, 100_000_000), 11, 2);
    }

    private static UInt256 Units(ulong dollars) => dollars * 1_000_000;

    private static (UInt256 Debt, UInt256 Collateral)? Liquidation(int revision, AaveTerms?[] terms, IReadOnlyList<AaveHolding> holdings, AaveCategory category, AaveHealth health)
    {
        var (held, owed) = (holdings.First(static holding => holding.Reserve == 0), holdings.First(static holding => holding.Reserve == 1));
        AaveRevision.TryGetRounding(revision, out var rounding);
        if (terms[0] is not { IsLiquidated: true } collateral || terms[1] is not { IsLiquidated: true } debt
            || (!AaveRevision.CountsWithoutThreshold(revision) && collateral.Threshold.IsZero)
            || AaveOffer.PositionOf(debt, collateral, owed, held, category, health) is not { } position)
        {
            return null;
        }

        var made = AaveLiquidation.Of(position, UInt256.MaxValue, rounding);
        return made.Status == AaveStatus.Accepted ? (made.Debt, made.Collateral) : null;
    }

    private static UInt256 Gain(AaveTerms debt, AaveTerms collateral, UInt256 repaid, UInt256 received)
    {
        UInt256.TryMultiplyDivide(received, collateral.Price, collateral.Unit, out var worth, out _);
        UInt256.TryMultiplyDivide(repaid, debt.Price, debt.Unit, out var cost, out _);
        return worth > cost + 1 ? worth - cost - 1 : UInt256.Zero;
    }

    /// <summary>The market and the borrower as their slots say.</summary>
    private static (AaveTerms?[] Terms, IReadOnlyList<AaveHolding> Holdings, AaveCategory Category) Read(JsonElement vector)
    {
        var pool = Address.Parse(vector.GetProperty("pool").GetString()!);
        var borrower = Address.Parse(vector.GetProperty("borrower").GetString()!);
        var stored = vector.GetProperty("slots").EnumerateArray().ToDictionary(static slot => (Address.Parse(slot[0].GetString()!), Number(slot[1])), static slot => Number(slot[2]));
        var known = new MarketValues();
        void Take(IReadOnlyList<SlotOf> missing)
        {
            foreach (var slot in missing)
            {
                known.Set(new ContractSlot(slot.Contract, new ObservedSlot(slot.Slot, stored.GetValueOrDefault((slot.Contract, slot.Slot)))));
            }
        }

        while (AaveReading.MissingOfPool(pool, known) is { Count: > 0 } missing)
        {
            Take(missing);
        }

        var market = AaveReading.ReadPool(pool, known)!;
        ReserveTokens[] tokens = [.. market.Reserves.Select(static reserve => reserve.Tokens)];
        while (AaveReading.MissingOfAccount(pool, tokens, borrower, known) is { Count: > 0 } missing)
        {
            Take(missing);
        }

        var account = AaveReading.ReadAccount(pool, tokens, borrower, known);
        var prices = vector.GetProperty("prices").EnumerateArray().ToDictionary(static price => Address.Parse(price[0].GetString()!), static price => Number(price[1]));
        ulong now = Number(vector.GetProperty("now")).LowUInt64;
        Assert.Equal(vector.GetProperty("revision").GetInt32(), market.Revision);
        return ([.. market.Reserves.Select(reserve => AaveTerms.Of(reserve.Reserve with { Price = prices[reserve.Tokens.Token] }, market.Revision, now))], account.Holdings, account.Category);
    }

    private static UInt256 Number(JsonElement text) => UInt256.TryParse(text.GetString(), out var value) ? value : throw new InvalidDataException($"{text} is not a number.");

    private static List<JsonElement> Vectors()
    {
        using var decompressor = new Decompressor();
        using var document = JsonDocument.Parse(decompressor.Unwrap(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "vectors", "mev", "aave-health.json.zst"))).ToArray());
        return [.. document.RootElement.EnumerateArray().Select(static vector => vector.Clone())];
    }
}
