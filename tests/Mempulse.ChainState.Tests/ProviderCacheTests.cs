using Mempulse.ChainState.Tests.Lies;
using Mempulse.Ethereum.Signatures;
using Mempulse.Evm.State;
using Mempulse.JsonRpc.Endpoints;
using Mempulse.Observability;
using Mempulse.Primitives;
using Mempulse.Testing.Nodes;

namespace Mempulse.ChainState.Tests;

/// <summary>The cache of blocks holds as many as the options say, the most recently used, and none that has grown over its size.</summary>
public sealed class ProviderCacheTests
{
    private const int EntryBytes = 200;

    [Fact]
    public async Task The_least_recently_used_block_is_evicted_and_the_cache_accepts_blocks_again_and_again()
    {
        await using var node = new ScriptedNode { Result = Lie.True.Answer };
        await using var provider = Connect(node, new RpcStateOptions { CachedBlocks = 2 });

        Assert.Equal(1, await OpenAsync(node, provider, 10));
        Assert.Equal(1, await OpenAsync(node, provider, 11));
        Assert.Equal(0, await OpenAsync(node, provider, 10)); // used again, so 11 is the oldest
        Assert.Equal(1, await OpenAsync(node, provider, 12));
        Assert.Equal(0, await OpenAsync(node, provider, 10));
        Assert.Equal(0, await OpenAsync(node, provider, 12));
        Assert.Equal(1, await OpenAsync(node, provider, 11));
        for (int height = 20; height < 40; height++)
        {
            Assert.Equal(1, await OpenAsync(node, provider, height));
            Assert.Equal(0, await OpenAsync(node, provider, height));
        }
    }

    [Fact]
    public async Task A_cached_header_is_not_fetched_again()
    {
        await using var node = new ScriptedNode { Result = Lie.True.Answer };
        await using var provider = Connect(node, new RpcStateOptions());
        var stop = TestContext.Current.CancellationToken;
        await provider.AtAsync(Lie.True.HeadHash, stop);

        var header = await provider.HeaderAsync(Lie.True.HeadHash.ToString(), stop);

        Assert.Equal(Lie.True.HeadHash, header.ComputeHash());
        Assert.Equal(1, node.CallsTo("eth_getBlockByHash"));
    }

    [Theory]
    [InlineData(2 * EntryBytes, true)] // the account and its code, which is empty
    [InlineData((2 * EntryBytes) - 1, false)]
    public async Task A_block_is_cached_up_to_exactly_its_size_limit(long limit, bool isCached)
    {
        await using var node = new ScriptedNode { Result = Lie.True.Answer };
        await using var provider = Connect(node, new RpcStateOptions { MaxBlockBytes = limit });
        var stop = TestContext.Current.CancellationToken;
        var block = await provider.AtAsync(Lie.True.HeadHash, stop);
        Assert.Null(await block.FetchAsync(new StateGap.OfAccount(Lie.Rich), stop));
        Assert.Null(await block.FetchAsync(new StateGap.OfAccount(Lie.Rich), stop)); // the same value has no size

        var again = await provider.AtAsync(Lie.True.HeadHash, stop);

        Assert.Equal(isCached, ReferenceEquals(block, again));
        Assert.Equal(isCached ? ReadOutcome.Found : ReadOutcome.Missing, again.Reader.ReadAccount(Lie.Rich, out _));
        Assert.Equal(ReadOutcome.Found, block.Reader.ReadAccount(Lie.Rich, out _)); // runs that use it keep it
    }

    [Fact]
    public async Task Code_counts_with_its_length()
    {
        byte[] code = Lie.True.State.CodeOf(Lie.Library);
        await using var node = new ScriptedNode { Result = Lie.True.Answer };
        var stop = TestContext.Current.CancellationToken;
        foreach (bool fits in (bool[])[true, false])
        {
            await using var provider = Connect(node, new RpcStateOptions { MaxBlockBytes = (2 * EntryBytes) + code.Length - (fits ? 0 : 1) });
            var block = await provider.AtAsync(Lie.True.HeadHash, stop);
            Assert.Null(await block.FetchAsync(new StateGap.OfAccount(Lie.Library), stop));

            Assert.Equal(fits, ReferenceEquals(block, await provider.AtAsync(Lie.True.HeadHash, stop)));
        }
    }

    [Fact]
    public async Task Two_callers_that_open_a_block_at_once_share_it()
    {
        var stop = TestContext.Current.CancellationToken;
        using var bothAsked = new ManualResetEventSlim();
        await using var node = new ScriptedNode
        {
            Result = (method, parameters) =>
            {
                bothAsked.Wait(stop);
                return Lie.True.Answer(method, parameters);
            },
        };
        await using var provider = Connect(node, new RpcStateOptions());

        var one = provider.AtAsync(Lie.True.HeadHash, stop);
        var two = provider.AtAsync(Lie.True.HeadHash, stop);
        bothAsked.Set();

        Assert.Same(await one, await two);
        Assert.Same(await one, await provider.AtAsync(Lie.True.HeadHash, stop));
    }

    [Fact]
    public async Task The_reason_says_whether_a_node_answered()
    {
        var stop = TestContext.Current.CancellationToken;
        await using var gone = new ScriptedNode();
        await gone.StopAsync();
        await using var empty = new ScriptedNode { Script = NodeScript.Honest.With("eth_getBlockByHash", new NodeReply.Refusal(-32000, "header not found")) };
        await using var alone = Connect(new RpcStateOptions(), gone.HttpAddress);
        await using var after = Connect(new RpcStateOptions(), gone.HttpAddress, empty.HttpAddress);
        await using var before = Connect(new RpcStateOptions(), empty.HttpAddress, gone.HttpAddress);

        var none = await Assert.ThrowsAsync<StateUnavailableException>(() => alone.AtAsync(Lie.True.HeadHash, stop));
        var last = await Assert.ThrowsAsync<StateUnavailableException>(() => after.AtAsync(Lie.True.HeadHash, stop));
        var first = await Assert.ThrowsAsync<StateUnavailableException>(() => before.AtAsync(Lie.True.HeadHash, stop));

        Assert.Equal((StateUnavailability.NoNodeAnswers, true), (none.Reason, none.Message.StartsWith("No node of this chain answers. ", StringComparison.Ordinal)));
        Assert.Equal((StateUnavailability.UnknownBlock, $"The node has no block {Lie.True.HeadHash}: header not found"), (last.Reason, last.Message));
        Assert.Equal((StateUnavailability.UnknownBlock, last.Message), (first.Reason, first.Message));
    }

    [Fact]
    public async Task A_node_without_the_block_passes_it_to_the_next_which_then_serves_all_of_its_state()
    {
        var stop = TestContext.Current.CancellationToken;
        await using var gone = new ScriptedNode();
        await gone.StopAsync();
        await using var empty = new ScriptedNode();
        await using var node = new ScriptedNode { Result = Lie.True.Answer };
        await using var provider = Connect(new RpcStateOptions(), gone.HttpAddress, empty.HttpAddress, node.HttpAddress);

        var block = await provider.AtAsync(Lie.True.HeadHash, stop);
        Assert.Null(await block.FetchAsync(new StateGap.OfAccount(Lie.Rich), stop));

        Assert.Equal((0, 1), (empty.CallsTo("eth_getProof"), node.CallsTo("eth_getProof")));
    }

    /// <summary>Opens a block and returns how many calls that took.</summary>
    private static async Task<int> OpenAsync(ScriptedNode node, RpcStateProvider provider, int height)
    {
        int before = node.CallsTo("eth_getBlockByHash");
        await provider.AtAsync(Lie.True.At(height).ComputeHash(), TestContext.Current.CancellationToken);
        return node.CallsTo("eth_getBlockByHash") - before;
    }

    private static RpcStateProvider Connect(ScriptedNode node, RpcStateOptions options) => Connect(options, node.HttpAddress);

    private static RpcStateProvider Connect(RpcStateOptions options, params string[] addresses) => new(
        [.. addresses.Select((address, index) => RpcEndpoint.Parse($"node{index}", address))],
        new RpcConnectionOptions { CallRetries = 0 },
        options,
        SenderRecovery.CreateBest(),
        new StateMeter(UnhostedMeters.Shared, new ChainId(1)),
        TimeProvider.System);
}
