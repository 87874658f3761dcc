using Mempulse.Features.Book;
using Mempulse.Features.Opportunities;
using Mempulse.Features.Pools.ConstantProduct;
using Mempulse.Primitives;
using Mempulse.Testing.Pools;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Features.Tests.Opportunities;

/// <summary>The pools in a cycle with one that moved: none is left out for a token that closes no cycle, and what is left out is of the least use and counted.</summary>
public sealed class CyclePoolTests
{
    private readonly MadeBook _book = new();
    private readonly BookPool _moved;

    public CyclePoolTests() => _moved = Add("moved", "one", "other");

    [Fact]
    public void The_pools_of_the_same_tokens_and_of_a_third_token_with_both_are_in_a_cycle()
    {
        Add("beside", "one", "other");
        Add("near", "one", "third");
        Add("far", "other", "third");
        Add("dead-end", "one", "lonely");

        var (found, leftOut) = Collect();
        Assert.Equal(["beside", "far", "moved", "near"], found);
        Assert.Equal(0, leftOut);
    }

    [Fact]
    public void Tokens_that_close_no_cycle_displace_none_that_do()
    {
        for (int i = 0; i < 3 * CyclePools.MaxThirdTokens; i++)
        {
            Add($"one-{i}", "one", $"only-{i}");
            Add($"other-{i}", "other", $"others-{i}");
        }

        Add("near", "one", "third");
        Add("far", "other", "third");

        var (found, leftOut) = Collect();
        Assert.Equal(["far", "moved", "near"], found);
        Assert.Equal(0, leftOut);
    }

    [Fact]
    public void Beyond_the_bound_those_that_share_pools_with_the_fewest_tokens_are_left_out_and_counted()
    {
        for (int i = 0; i < CyclePools.MaxThirdTokens + 5; i++)
        {
            Add($"near-{i}", "one", $"third-{i}");
            Add($"far-{i}", "other", $"third-{i}");
            if (i % 14 != 0) // five of 69 have no further pool
            {
                Add($"more-{i}", $"third-{i}", "else");
            }
        }

        var (found, leftOut) = Collect();

        Assert.Equal(5, leftOut);
        Assert.DoesNotContain("near-14", found);
        Assert.Equal(1 + (2 * CyclePools.MaxThirdTokens), found.Count);
        Assert.Equal(Enumerable.Range(0, 69).Where(static i => i % 14 != 0).Select(static i => $"near-{i}").Order(StringComparer.Ordinal), found.Where(static name => name.StartsWith("near", StringComparison.Ordinal)));
    }

    private (IReadOnlyList<string> Found, int LeftOut) Collect()
    {
        var found = new List<PoolKey>();
        int leftOut = CyclePools.Collect(_book, _moved, found);
        return ([.. found.Distinct().Select(key => _names[key]).Order(StringComparer.Ordinal)], leftOut);
    }

    private readonly Dictionary<PoolKey, string> _names = [];

    private BookPool Add(string name, string token, string other)
    {
        var (one, two) = (Named.Account(token), Named.Account(other));
        var pool = _book.Add(Named.Account(name), "p", one < two ? [one, two] : [two, one], new ConstantProductPool(UInt256.One, UInt256.One, ProductFee.UniswapV2));
        _names[pool.Key] = name;
        return pool;
    }
}
