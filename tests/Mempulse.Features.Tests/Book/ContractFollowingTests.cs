using Mempulse.Features.Book;
using Mempulse.Features.Pools.Ticks;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Testing.Contracts;
using Mempulse.Testing.Pools;

namespace Mempulse.Features.Tests.Book;

/// <summary>Pools whose code runs in our own EVM: what follows from their events is what their storage says, after every call.</summary>
public sealed class ContractFollowingTests
{
    private const int Calls = 300;

    private static readonly Address s_caller = Address.Parse("0x0000000000000000000000000000000000001000");

    private readonly ContractScene _scene = new();
    private readonly DeployedCode _code = DeployedCode.Read("uniswap-code.json.zst");

    [Theory]
    [InlineData(100, 1)]
    [InlineData(500, 10)]
    [InlineData(3_000, 60)]
    [InlineData(10_000, 200)]
    public void A_pool_of_ticks_is_followed_through_mints_burns_and_swaps(int fee, int spacing)
    {
        var random = new PoolRandom(20_261_129 + (ulong)fee);
        var pool = PutTickPool(fee);
        var slots = new TickSlots(spacing);
        Assert.True(_scene.Call(pool, CallData.Of("initialize(uint160)").Add(TickMath.SqrtPriceAt(random.Between(-50_000, 50_000))).ToArray()).IsSuccess);
        _scene.Keep();
        var state = Assert.IsType<TicksState>(Read(pool, slots));
        int kept = 0;
        int readAnew = 0;
        var positions = new List<(int Lower, int Upper, UInt256 Liquidity)>();
        for (int i = 0; i < Calls; i++)
        {
            if (!_scene.Call(s_caller, TickCall(random, pool, spacing, state.Current.Tick, positions)).IsSuccess)
            {
                continue;
            }

            _scene.Keep();
            kept++;
            var followed = Follow(state, pool);
            var read = Assert.IsType<TicksState>(Read(pool, slots));
            if (followed is TicksState ticks)
            {
                Assert.Equal(read.Current, ticks.Current);
                Assert.Equal(Shared(read.Ledger, ticks.Ledger), Shared(ticks.Ledger, read.Ledger));
                Assert.All(ticks.Expectations((uint)i), expected => Assert.True(expected.IsMetBy(_scene.Kept(pool, expected.Slot))));
            }

            readAnew += followed is null ? 1 : 0;
            state = (TicksState?)followed ?? read;
        }

        Assert.True(kept > Calls / 2 && readAnew < kept / 4, $"{kept} calls succeeded, and {readAnew} times the pool was read anew");
    }

    [Fact]
    public void A_pair_is_followed_through_swaps()
    {
        var random = new PoolRandom(7);
        var pair = _code.Put(_scene, "uniswap-v2-pair");
        Address[] tokens = [Address.Parse("0x0000000000000000000000000000000000002000"), Address.Parse("0x0000000000000000000000000000000000003000")];
        foreach (var token in tokens)
        {
            _scene.Put(token, ProbeCode.Purse);
            _scene.Set(token, 0, 1_000_000_000_000);
        }

        _scene.Set(pair, 6, CallData.Word(tokens[0]));
        _scene.Set(pair, 7, CallData.Word(tokens[1]));
        _scene.Set(pair, 12, 1);
        Assert.True(_scene.Call(pair, CallData.Of("sync()").ToArray()).IsSuccess);
        _scene.Keep();
        var state = Assert.IsType<PairState>(Read(pair, new PairSlots()));
        int kept = 0;
        for (int i = 0; i < Calls; i++)
        {
            int given = random.Below(2);
            var amount = random.Number(1, 36);
            _scene.Set(tokens[given], 0, _scene.Kept(tokens[given], 0) + amount);
            var quote = state.ToPool(new(3, 1_000, 0)).QuoteExactInput(given, 1 - given, amount);
            var call = CallData.Of("swap(uint256,uint256,address,bytes)").Add(given == 0 ? 0 : quote.AmountOut).Add(given == 0 ? quote.AmountOut : 0).Add(s_caller).Add(128).Add(0);
            if (_scene.Call(pair, call.ToArray()).IsSuccess)
            {
                _scene.Keep();
                kept++;
                state = Assert.IsType<PairState>(Follow(state, pair));
                Assert.Equal(Read(pair, new PairSlots()), state);
                Assert.All(state.Expectations(draw: 0), expected => Assert.True(expected.IsMetBy(_scene.Kept(pair, expected.Slot))));
            }
        }

        Assert.True(kept > Calls / 2, $"{kept} swaps succeeded");
    }

    private Address PutTickPool(int fee)
    {
        var pool = _code.Put(_scene, $"uniswap-v3-pool-{fee}");
        _scene.Put(s_caller, ProbeCode.V3Forwarder);
        foreach (string token in new[] { "token0()", "token1()" })
        {
            _scene.Put(new Address(_scene.Call(pool, CallData.Of(token).ToArray()).Output.Span[(UInt256.Size - Address.Size)..]), ProbeCode.Growing);
        }

        return pool;
    }

    private static byte[] TickCall(PoolRandom random, Address pool, int spacing, int tick, List<(int Lower, int Upper, UInt256 Liquidity)> positions)
    {
        var call = CallData.Words().Add(pool);
        int kind = positions.Count < 4 ? 0 : random.Below(4);
        if (kind == 0)
        {
            int middle = tick / spacing;
            int lower = (middle - random.Between(0, 40)) * spacing;
            int upper = lower + (random.Between(1, 60) * spacing);
            var liquidity = random.Number(40, 70);
            positions.Add((lower, upper, liquidity));
            return call.AddRaw(CallData.Of("mint(address,int24,int24,uint128,bytes)").Add(s_caller).AddSigned((ulong)int.Abs(lower), lower < 0).AddSigned((ulong)int.Abs(upper), upper < 0).Add(liquidity).Add(160).Add(0).ToArray()).ToArray();
        }

        if (kind == 1)
        {
            int index = random.Below(positions.Count);
            var (lower, upper, liquidity) = positions[index];
            positions.RemoveAt(index);
            return call.AddRaw(CallData.Of("burn(int24,int24,uint128)").AddSigned((ulong)int.Abs(lower), lower < 0).AddSigned((ulong)int.Abs(upper), upper < 0).Add(liquidity).ToArray()).ToArray();
        }

        bool isDown = random.OneIn(2);
        var limit = TickMath.SqrtPriceAt(int.Clamp(tick + ((isDown ? -1 : 1) * random.Between(1, 50) * spacing), TickMath.MinTick + 1, TickMath.MaxTick - 1));
        return call.AddRaw(CallData.Of("swap(address,bool,int256,uint160,bytes)").Add(s_caller).Add(isDown ? 1UL : 0).AddSigned(random.Number(20, 90), random.OneIn(2)).Add(limit).Add(160).Add(0).ToArray()).ToArray();
    }

    private static List<TickLiquidity> Shared(TickLedger of, TickLedger other) => [.. of.Ticks.ToArray().Where(tick => other.Tracks(tick.Tick))];

    private PoolState? Read(Address contract, IPoolSlots slots)
    {
        var known = new SlotValues();
        while (slots.Missing(known) is { Count: > 0 } missing)
        {
            foreach (var slot in missing)
            {
                known.Set(new ObservedSlot(slot, _scene.Kept(contract, slot)));
            }
        }

        return slots.Read(known);
    }

    /// <summary>The state after the logs of the last call, read from a record as the fold reads them.</summary>
    private PoolState? Follow(PoolState state, Address contract)
    {
        TxLog[] logs = [.. _scene.Logs.Where(log => log.Address == contract).Select(static log => new TxLog(log.Address, log.Topics, log.Data))];
        return LoggedState.After(state, logs);
    }
}
