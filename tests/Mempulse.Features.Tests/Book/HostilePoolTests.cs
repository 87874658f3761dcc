using System.Text;
using Mempulse.Ethereum.Hashing;
using Mempulse.Features.Book;
using Mempulse.Features.Pools.Ticks;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Testing.Contracts;

namespace Mempulse.Features.Tests.Book;

/// <summary>Claims of a node and logs that no pool of the form writes: they never stop the fold, and never leave a state that cannot be quoted.</summary>
public sealed class HostilePoolTests
{
    private const int Spacing = 60;
    private const int TooLow = -8_388_608;
    private const int TooHigh = 8_388_607;

    private static readonly UInt256 s_half = new(0, 1UL << 63, 0, 0); // 2^127
    private static readonly UInt256 s_all = new(ulong.MaxValue, ulong.MaxValue, 0, 0);
    private static readonly UInt256 s_huge = UInt256.MaxValue;
    private static readonly TicksState s_pool = new(
        new TickState(TickMath.SqrtPriceAt(0), 0, 1_000),
        new TickLedger(Spacing, -1, 0, [new TickLiquidity(-Spacing, UInt128.MaxValue, 1_000), new TickLiquidity(Spacing, 2_000, -1_000)]));

    [Fact]
    public void Reserves_that_a_pair_cannot_keep_are_read_anew()
    {
        var (pair, most) = (new PairState(1, 1), UInt256.MaxValue);
        UInt256.ShiftRight(most, 256 - PairSlots.ReserveBits, out most);

        Assert.Equal(new PairState(most, most), LoggedState.After(pair, Sync(most, most)));
        Assert.Null(LoggedState.After(pair, Sync(most + UInt256.One, 1)));
        Assert.Null(LoggedState.After(pair, Sync(1, s_huge)));
    }

    [Fact]
    public void A_swap_to_a_price_that_a_pool_cannot_have_is_read_anew()
    {
        var price = TickMath.SqrtPriceAt(0);

        Assert.NotNull(LoggedState.After(s_pool, Swap(price, 5, 0)));
        Assert.NotNull(LoggedState.After(s_pool, Swap(price, 5, -1))); // down to the tick exactly
        Assert.Null(LoggedState.After(s_pool, Swap(price + UInt256.One, 5, -1)));
        Assert.Null(LoggedState.After(s_pool, Swap(price, 5, 1)));
        Assert.Null(LoggedState.After(s_pool, Swap(price, 5, TooHigh)));
        Assert.Null(LoggedState.After(s_pool, Swap(price, s_all + UInt256.One, 0)));
        Assert.Null(LoggedState.After(s_pool, Swap(s_huge, 5, 0)));
        Assert.Null(LoggedState.After(s_pool, Swap(UInt256.Zero, 5, 0)));
    }

    [Fact]
    public void Liquidity_beyond_what_a_pool_can_keep_is_read_anew()
    {
        var full = s_pool with { Current = s_pool.Current with { Liquidity = s_all } };

        Assert.Null(LoggedState.After(s_pool, Mint(-Spacing, Spacing * 2, 1))); // the lower tick is full
        Assert.Null(LoggedState.After(full, Mint(-Spacing * 2, Spacing * 2, 1)));
        Assert.Null(LoggedState.After(s_pool, Mint(-Spacing * 2, Spacing * 2, s_half)));
        Assert.NotNull(LoggedState.After(s_pool, Mint(-Spacing * 2, Spacing * 2, s_half - UInt256.One)));
        Assert.Null(LoggedState.After(s_pool, Mint(-Spacing * 2, Spacing * 2, s_half - UInt256.One), Mint(-Spacing * 2, Spacing * 2, s_half - UInt256.One), Mint(-Spacing * 2, Spacing * 2, s_half - UInt256.One)));
    }

    [Fact]
    public void All_liquidity_of_a_range_can_be_burnt_and_no_more()
    {
        var empty = Assert.IsType<TicksState>(LoggedState.After(s_pool, Burn(-Spacing, Spacing, 1_000)));

        Assert.Equal(UInt256.Zero, empty.Current.Liquidity);
        Assert.Equal(s_pool.Current.Liquidity, Assert.IsType<TicksState>(LoggedState.After(empty, Mint(-Spacing, Spacing, 1_000))).Current.Liquidity);
        Assert.Null(LoggedState.After(s_pool, Burn(-Spacing, Spacing, 1_001)));
    }

    [Fact]
    public void Ticks_that_do_not_exist_change_no_tick()
    {
        var after = Assert.IsType<TicksState>(LoggedState.After(s_pool, Mint(TooLow, TooHigh, 7)));

        Assert.Equal(UInt256.FromUInt64(1_007), after.Current.Liquidity);
        Assert.Equal(s_pool.Ledger.Ticks.ToArray(), after.Ledger.Ticks.ToArray());
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    [InlineData(6_000, false)]
    [InlineData(TooLow, false)]
    public void A_claimed_price_that_is_not_of_its_tick_is_no_state(int tick, bool isTaken)
    {
        var price = TickMath.SqrtPriceAt(0) + WordField.Place(WordField.Read(WordField.OfSigned(tick), 0, TickSlots.TickBits), TickSlots.PriceBits);

        var state = Claimed(new TickSlots(Spacing), price, bits: UInt256.Zero);

        Assert.Equal(isTaken, state is not null);
    }

    [Fact]
    public void A_pool_of_which_every_tick_is_initialized_is_a_state()
    {
        var state = Assert.IsType<TicksState>(Claimed(new TickSlots(1), TickMath.SqrtPriceAt(0), bits: s_huge));

        Assert.Equal((TickLedger.MaxTicks, -8, 8), (state.Ledger.Ticks.Length, state.Ledger.FirstWord, state.Ledger.LastWord));
    }

    /// <summary>The state that a node claims: price and liquidity, then words of the bitmap, then ticks of a liquidity of 1.</summary>
    private static PoolState? Claimed(TickSlots slots, UInt256 price, UInt256 bits)
    {
        var known = new SlotValues();
        for (int round = 0; slots.Missing(known) is { Count: > 0 } missing; round++)
        {
            foreach (var slot in missing)
            {
                known.Set(new ObservedSlot(slot, round == 1 ? bits : slot == TickSlots.Price ? price : UInt256.One));
            }
        }

        return slots.Read(known);
    }

    private static TxLog Sync(UInt256 reserve0, UInt256 reserve1) => Log("Sync(uint112,uint112)", [], CallData.Words().Add(reserve0).Add(reserve1));

    private static TxLog Swap(UInt256 price, UInt256 liquidity, int tick) => Log(
        "Swap(address,address,int256,int256,uint160,uint128,int24)",
        [default, default],
        CallData.Words().Add(1).Add(1).Add(price).Add(liquidity).AddSigned((ulong)int.Abs(tick), tick < 0));

    private static TxLog Mint(int lower, int upper, UInt256 liquidity) => Log(
        "Mint(address,address,int24,int24,uint128,uint256,uint256)",
        [default, Word(lower), Word(upper)],
        CallData.Words().Add(1).Add(liquidity).Add(1).Add(1));

    private static TxLog Burn(int lower, int upper, UInt256 liquidity) => Log(
        "Burn(address,int24,int24,uint128,uint256,uint256)",
        [default, Word(lower), Word(upper)],
        CallData.Words().Add(liquidity).Add(1).Add(1));

    private static TxLog Log(string signature, Hash256[] topics, CallData data) => new(default, [Keccak256.Hash(Encoding.ASCII.GetBytes(signature)), .. topics], data.ToArray());

    private static Hash256 Word(int tick)
    {
        byte[] word = new byte[Hash256.Size];
        WordField.OfSigned(tick).WriteBigEndian(word);
        return new Hash256(word);
    }
}
