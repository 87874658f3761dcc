using Mempulse.Features.Book;
using Mempulse.Features.Pools.ConstantProduct;
using Mempulse.Features.Pools.Cycles;
using Mempulse.Features.Pools.Ticks;
using Mempulse.Features.Strategies;
using Mempulse.Features.Tests.Pools;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Testing.Pools;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Features.Tests.Strategies;

/// <summary>What a pending swap leaves to be gained is what trying every cycle with every input finds.</summary>
public sealed class BackrunArbitrageTests
{
    private static readonly BackrunArbitrage s_strategy = new();

    [Fact]
    public void Cycles_of_the_vectors_are_found_behind_a_pending_swap_that_leads_to_them()
    {
        using var vectors = MevVectors.Read("v2-cycles.json.zst");
        var random = new PoolRandom(5);
        var (gaining, found) = (0, 0);
        foreach (var cycle in vectors.RootElement.GetProperty("small").EnumerateArray())
        {
            ProductLeg[] legs = [.. cycle.GetProperty("hops").EnumerateArray().Select(MevVectors.Leg)];
            if (!TryBefore(legs[0], random, out var before, out var amountOut))
            {
                continue;
            }

            var scene = new TradeScene();
            string[] tokens = ["ether", "a", "b"];
            scene.Pair("pool-0", "ether", before.ReserveOut, "a", before.ReserveIn, before.Fee);
            for (int i = 1; i < legs.Length; i++)
            {
                scene.Pair($"pool-{i}", tokens[i], legs[i].ReserveIn, tokens[(i + 1) % legs.Length], legs[i].ReserveOut, legs[i].Fee);
            }

            // The pending swap gives the first token of the cycle's first output and takes ether out of the pool.
            var swap = TradeScene.SwapHere(before.ExactOutput(amountOut).AmountIn, UInt256.Zero, TradeScene.Token("a"), TradeScene.Ether, Named.Account("pool-0"));
            var moved = Assert.Single(scene.Pending(swap).Moved);
            if (((ConstantProductPool)moved.After).From(moved.TokenOut) != legs[0])
            {
                continue; // the input buys more than it had to
            }

            var best = MevVectors.Number(cycle, "bestProfit");
            gaining += best.IsZero ? 0 : 1;
            var candidates = scene.Find(s_strategy, swap).Found;
            if (best.IsZero)
            {
                Assert.Empty(candidates);
                continue;
            }

            var candidate = Assert.Single(candidates);
            Assert.Equal((MevVectors.Number(cycle, "bestInput"), best, best, true, TradeScene.Ether), (candidate.Input, candidate.Profit, candidate.ValueWei, candidate.IsExact, candidate.Token));
            AssertChained(candidate);
            found++;
        }

        Assert.True(found >= 40 && found == gaining, $"{found} of {gaining}");
    }

    [Fact]
    public void Small_books_give_what_trying_every_cycle_with_every_input_finds()
    {
        var random = new PoolRandom(11);
        var (books, cycles) = (0, 0);
        for (int round = 0; round < 120; round++)
        {
            var scene = Random(random, out byte[] swap);
            var trade = scene.Pending(swap);
            if (trade.WouldFail || trade.Moved.Count == 0)
            {
                continue;
            }

            var expected = Exhaustive(scene, trade);
            var candidates = scene.Find(s_strategy, swap);
            Assert.Equal(0UL, candidates.LeftOut);
            Assert.Equal(
                expected.OrderBy(static one => one, StringComparer.Ordinal),
                candidates.Found.Select(static candidate => $"{string.Join(' ', candidate.Legs.Select(static leg => $"{leg.Pool}:{leg.TokenIn}"))} {candidate.Profit}").OrderBy(static one => one, StringComparer.Ordinal));
            Assert.All(candidates.Found, AssertChained);
            books++;
            cycles += expected.Count;
        }

        Assert.True(books > 50 && cycles > 30, $"{cycles} cycles in {books} books");
    }

    [Fact]
    public void A_cycle_with_a_pool_of_ticks_gains_what_a_dense_sample_of_inputs_does_or_more()
    {
        var random = new PoolRandom(19);
        int found = 0;
        for (int round = 0; round < 60; round++)
        {
            var scene = new TradeScene();
            var (first, second) = Order(TradeScene.Ether, TradeScene.Token("a"));
            var liquidity = random.Number(70, 90);
            var ticks = new TickPool(
                TickTable.Whole(60, [KeyValuePair.Create(-60_000, Signed(liquidity, 1)), KeyValuePair.Create(60_000, Signed(liquidity, -1))]),
                new TickState(TickMath.SqrtPriceAt(0), 0, liquidity),
                TickFees.V3(3_000),
                TickRules.UniswapV3);
            scene.Add("ticks", [first, second], ticks);
            scene.Pair("pair", "ether", liquidity, "a", liquidity);
            UInt256.ShiftRight(liquidity, random.Between(2, 6), out var amount);
            var swap = TradeScene.SwapHere(amount, UInt256.Zero, TradeScene.Token("a"), TradeScene.Ether, Named.Account(random.OneIn(2) ? "ticks" : "pair"));

            var candidate = Assert.Single(scene.Find(s_strategy, swap).Found);
            found++;
            Assert.Equal(TradeScene.Ether, candidate.Token);
            Assert.False(candidate.IsExact);
            AssertChained(candidate);
            var trade = scene.Pending(swap);
            CycleLeg[] cycle = [.. candidate.Legs.Select(leg => LegOf(scene, trade, leg))];
            for (int i = 1; i < 500; i++)
            {
                UInt256.TryMultiplyDivide(amount, (ulong)i, 250, out var input, out _);
                var output = CycleSearch.Output(cycle, input);
                Assert.True(output <= input || output - input <= candidate.Profit, $"{input} gains more than {candidate.Input}");
            }
        }

        Assert.Equal(60, found);
    }

    [Fact]
    public void A_cycle_without_ether_is_valued_by_a_pool_that_prices_its_token()
    {
        var scene = new TradeScene();
        scene.Pair("one", "a", 1_000_000, "b", 1_000_000);
        scene.Pair("other", "a", 1_000_000, "b", 1_000_000);
        byte[] swap = TradeScene.SwapHere(200_000, 0, TradeScene.Token("a"), TradeScene.Token("b"), Named.Account("one"));
        Assert.Empty(scene.Find(s_strategy, swap).Found);

        scene.Pair("price", "b", 10_000_000, "ether", 20_000_000);
        var candidate = Assert.Single(scene.Find(s_strategy, swap).Found);

        Assert.Equal(TradeScene.Token("b"), candidate.Token);
        var price = new ProductLeg(10_000_000, 20_000_000, ProductFee.UniswapV2);
        Assert.Equal(price.ExactInput(candidate.Profit).AmountOut, candidate.ValueWei);
    }

    [Fact]
    public void A_swap_that_would_fail_leaves_nothing_to_be_gained()
    {
        var scene = new TradeScene();
        scene.Pair("one", "ether", 1_000_000, "b", 1_000_000);
        scene.Pair("other", "ether", 1_000_000, "b", 1_000_000);

        Assert.Single(scene.Find(s_strategy, TradeScene.SwapHere(200_000, 166_249, TradeScene.Ether, TradeScene.Token("b"), Named.Account("one"))).Found);
        Assert.Empty(scene.Find(s_strategy, TradeScene.SwapHere(200_000, 166_250, TradeScene.Ether, TradeScene.Token("b"), Named.Account("one"))).Found);
    }

    [Fact]
    public void Cycles_beyond_a_bound_are_counted_and_those_with_the_largest_returns_are_kept()
    {
        var scene = new TradeScene();
        scene.Pair("moved", "ether", 1_000_000, "a", 1_000_000);
        for (ulong i = 0; i < 20; i++)
        {
            scene.Pair($"other-{i}", "ether", 1_000_000 + (1_000 * i), $"x-{i}", 1_000_000);
            scene.Pair($"last-{i}", $"x-{i}", 1_000_000, "a", 1_000_000);
        }

        var found = scene.Find(s_strategy, TradeScene.SwapHere(300_000, 0, TradeScene.Ether, TradeScene.Token("a"), Named.Account("moved")));

        Assert.Equal(BackrunArbitrage.MaxOptima, found.Found.Count);
        Assert.Equal(12UL, found.LeftOut);
        Assert.Contains(found.Found, static candidate => candidate.Legs.Any(static leg => leg.Pool == Named.Account("other-0")));
        Assert.DoesNotContain(found.Found, static candidate => candidate.Legs.Any(static leg => leg.Pool == Named.Account("other-19")));
    }

    private static void AssertChained(Candidate candidate)
    {
        Assert.Equal((candidate.Input, candidate.Token), (candidate.Legs[0].AmountIn, candidate.Legs[0].TokenIn));
        for (int i = 1; i < candidate.Legs.Count; i++)
        {
            Assert.Equal((candidate.Legs[i - 1].AmountOut, candidate.Legs[i - 1].TokenOut), (candidate.Legs[i].AmountIn, candidate.Legs[i].TokenIn));
        }

        Assert.Equal((candidate.Input + candidate.Profit, candidate.Token), (candidate.Legs[^1].AmountOut, candidate.Legs[^1].TokenOut));
    }

    private static CycleLeg LegOf(TradeScene scene, PendingTrade trade, OppLeg leg)
    {
        Assert.True(scene.Book.TryGet(new PoolKey(leg.Pool, leg.PoolId), out var pool));
        return new CycleLeg(trade.StateOf(pool), pool.IndexOf(leg.TokenIn), pool.IndexOf(leg.TokenOut));
    }

    /// <summary>The pool before a swap for an exact output leads to a leg: the swap gives what the leg receives.</summary>
    private static bool TryBefore(in ProductLeg after, PoolRandom random, out ProductLeg before, out UInt256 amountOut)
    {
        for (int i = 0; i < 2_000; i++)
        {
            amountOut = random.Number(1, 8);
            var given = random.Number(1, 10);
            if (given >= after.ReserveOut)
            {
                continue;
            }

            before = new ProductLeg(after.ReserveOut - given, after.ReserveIn + amountOut, after.Fee);
            var quote = before.ExactInput(given);
            if (quote.IsFilled && quote.AmountOut == amountOut && before.ExactOutput(amountOut).AmountIn == given)
            {
                return true;
            }
        }

        (before, amountOut) = (default, default);
        return false;
    }

    private static TradeScene Random(PoolRandom random, out byte[] swap)
    {
        var scene = new TradeScene();
        string[] tokens = ["ether", "a", "b", "c"];
        for (int i = random.Between(3, 6); i > 0; i--)
        {
            int first = random.Below(tokens.Length);
            int second = (first + 1 + random.Below(tokens.Length - 1)) % tokens.Length;
            scene.Pair($"pool-{i}", tokens[first], random.Number(4, 9), tokens[second], random.Number(4, 9), RandomCycle.Fee(random));
        }

        var pool = scene.Book.Pools.ElementAt(random.Below(scene.Book.Count));
        int tokenIn = random.Below(2);
        swap = TradeScene.SwapHere(random.Number(2, 9), UInt256.Zero, pool.Tokens[tokenIn], pool.Tokens[1 - tokenIn], pool.Key.Contract);
        return scene;
    }

    /// <summary>Every cycle of two and three pools through the moved one, with the best of all inputs; from ether on, or from the lowest token with a price.</summary>
    private static List<string> Exhaustive(TradeScene scene, PendingTrade trade)
    {
        var moved = trade.Moved[0];
        var (given, received) = (moved.Pool.Tokens[moved.TokenOut], moved.Pool.Tokens[moved.TokenIn]);
        var others = scene.Book.Pools.Where(pool => pool.Key != moved.Pool.Key).ToList();
        var cycles = new List<(BookPool Pool, Address In, Address Out)[]>();
        foreach (var second in others.Where(pool => pool.IndexOf(received) >= 0))
        {
            var middle = second.Tokens.Single(token => token != received);
            if (middle == given)
            {
                cycles.Add([(moved.Pool, given, received), (second, received, given)]);
                continue;
            }

            cycles.AddRange(others.Where(pool => pool.IndexOf(middle) >= 0 && pool.IndexOf(given) >= 0)
                .Select(third => new[] { (moved.Pool, given, received), (second, received, middle), (third, middle, given) }));
        }

        return [.. cycles.Select(cycle => Best(scene, trade, cycle)).OfType<string>()];
    }

    private static string? Best(TradeScene scene, PendingTrade trade, (BookPool Pool, Address In, Address Out)[] cycle)
    {
        bool IsPriced(Address token) => token == TradeScene.Ether || scene.Book.Pools.Any(pool => pool.IndexOf(token) >= 0 && pool.IndexOf(TradeScene.Ether) >= 0);
        var starts = cycle.Select(static leg => leg.In).Where(IsPriced).Order().ToList();
        if (starts.Count == 0)
        {
            return null;
        }

        var start = starts.Contains(TradeScene.Ether) ? TradeScene.Ether : starts[0];
        int at = Array.FindIndex(cycle, leg => leg.In == start);
        cycle = [.. cycle[at..], .. cycle[..at]];
        var best = UInt256.Zero;
        for (ulong input = 1; input < 2_048; input++)
        {
            UInt256 amount = input;
            foreach (var (pool, tokenIn, tokenOut) in cycle)
            {
                var quote = trade.StateOf(pool).QuoteExactInput(pool.IndexOf(tokenIn), pool.IndexOf(tokenOut), amount);
                amount = quote.IsFilled ? quote.AmountOut : UInt256.Zero;
            }

            best = amount > input && amount - input > best ? amount - input : best;
        }

        return best.IsZero ? null : $"{string.Join(' ', cycle.Select(static leg => $"{leg.Pool.Key.Contract}:{leg.In}"))} {best}";
    }

    private static (Address First, Address Second) Order(Address one, Address other) => one < other ? (one, other) : (other, one);

    private static Int128 Signed(in UInt256 liquidity, int sign) => sign * (Int128)new UInt128(liquidity.Limb(1), liquidity.Limb(0));
}
