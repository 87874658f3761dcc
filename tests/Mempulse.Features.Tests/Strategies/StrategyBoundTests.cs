using Mempulse.Features.Strategies;
using Mempulse.Primitives;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Features.Tests.Strategies;

/// <summary>What a strategy does not look at is counted, and what a path does to a pool twice is not known.</summary>
public sealed class StrategyBoundTests
{
    private static readonly UInt256 s_reserve = 1_000_000_000;

    private readonly TradeScene _scene = new();

    [Fact]
    public void A_path_that_comes_back_to_a_pool_is_unknown()
    {
        _scene.Pair("pool", "a", 1_000_000, "b", 1_000_000);

        var trade = _scene.Pending(TradeScene.SwapIn(10_000, 0, TradeScene.Token("a"), TradeScene.Token("b"), TradeScene.Token("a")));

        Assert.Equal((0, 1, 0), (trade.Swaps.Count, trade.UnknownSwaps, trade.Moved.Count));
    }

    [Fact]
    public void Pools_of_two_tokens_beyond_eight_are_counted()
    {
        _scene.Pair("moved", "ether", s_reserve, "a", s_reserve);
        Beside("pair", 10, "ether", "a");

        var found = Find();

        Assert.Equal((0, 3UL), (found.Found.Count, found.LeftOut)); // with the moved one there are eleven
    }

    [Fact]
    public void Cycles_beyond_those_that_are_probed_are_counted()
    {
        _scene.Pair("moved", "ether", s_reserve, "a", s_reserve);
        for (int i = 0; i < 5; i++)
        {
            Beside($"near{i}", CycleFinder.MaxPools, "ether", $"x{i}");
            Beside($"far{i}", CycleFinder.MaxPools, $"x{i}", "a");
        }

        var found = Find();

        Assert.Equal((0, (ulong)((5 * CycleFinder.MaxPools * CycleFinder.MaxPools) - CycleFinder.MaxProbes)), (found.Found.Count, found.LeftOut));
    }

    [Fact]
    public void A_balance_that_does_not_fit_is_the_largest()
    {
        var balances = new TokenBalances();
        balances.Add(TradeScene.Ether, UInt256.MaxValue);
        balances.Add(TradeScene.Ether, 2);

        Assert.Equal((UInt256.MaxValue, UInt256.Zero), (balances.Take(TradeScene.Ether), balances.Take(TradeScene.Ether)));
    }

    private CandidateList Find() => _scene.Find(new BackrunArbitrage(), TradeScene.SwapHere(10, 0, TradeScene.Ether, TradeScene.Token("a"), Named.Account("moved")));

    /// <summary>Pools at the same price: their fees are more than a small swap leaves to be gained.</summary>
    private void Beside(string name, int count, string first, string second)
    {
        for (int i = 0; i < count; i++)
        {
            _scene.Pair($"{name}-{i}", first, s_reserve, second, s_reserve);
        }
    }
}
