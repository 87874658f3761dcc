using System.Text.Json;
using Mempulse.Testing.Processes;
using Mempulse.Primitives;
using Mempulse.Testing.Anvil;

namespace Mempulse.EndToEnd.Tests.Bundles;

/// <summary>A bundle is made when the operator can pay for it, and ends when the chain takes its ground away.</summary>
public sealed class EndedBundleTests
{
    private const int Trigger = 0;

    [Fact]
    public async Task An_operator_that_cannot_pay_the_gas_is_named_and_the_bundle_is_built_once_it_can()
    {
        var stop = TestContext.Current.CancellationToken;
        await using var world = await BundleWorld.StartAsync(stop);
        await BalanceAsync(world, BundleWorld.Operator, "0x1", stop);
        await using var node = await world.StartNodeAsync(stop);
        await node.FollowingAsync(stop);

        string trigger = await world.SwapAsync(stop);
        string shortage = $"Bundles cannot be made as they should: The operator {world.Chain.Signers[BundleWorld.Operator].Account} has 1 wei: the gas of a bundle costs up to ";
        await node.WaitUntilAsync("/health", health => health.GetRawText().Contains(shortage, StringComparison.Ordinal), BundleNode.Limit, stop);
        Assert.Empty(await node.EventsAsync("BundleBuilt", stop));

        await world.Chain.Node.CallAsync("anvil_dropTransaction", stop, trigger); // so that the next block does not have it
        await BalanceAsync(world, BundleWorld.Operator, "0x3635c9adc5dea000000", stop);
        await node.EventAsync("BundleBuilt", static _ => true, stop);
        await node.WaitUntilAsync("/health", health => !health.GetRawText().Contains(shortage, StringComparison.Ordinal), BundleNode.Limit, stop);
        Assert.Equal(0, await node.StopAsync(stop));
    }

    [Theory]
    [InlineData(true, "BundleCancelled")]
    [InlineData(false, "BundleStale")]
    public async Task A_bundle_whose_trigger_is_replaced_ends_and_relays_that_may_have_it_are_told(bool isSigned, string kind)
    {
        var stop = TestContext.Current.CancellationToken;
        await using var world = await BundleWorld.StartAsync(stop);
        await using var node = await world.StartNodeAsync(
            stop, isSigned ? [] : [KeyValuePair.Create("MEMPULSE_OPERATOR_KEY", string.Empty), KeyValuePair.Create("Mempulse__Operator__Account", world.Chain.Signers[BundleWorld.Operator].Account.ToString())]);
        await node.FollowingAsync(stop);

        await world.SwapAsync(stop);
        var built = await node.RecordAsync("BundleBuilt", static _ => true, stop);
        if (isSigned)
        {
            await node.EventAsync("RelayAttempt", static _ => true, stop);
        }

        await ReplaceAsync(world, stop);
        var ended = await node.RecordAsync(kind, static _ => true, stop);

        Assert.Equal((BundleOf(built), "OpportunityEnded"), (BundleOf(ended), ReasonOf(ended)));
        Assert.Equal(0, await node.StopAsync(stop));
    }

    [Fact]
    public async Task On_a_sibling_of_its_base_a_bundle_that_still_pays_is_simulated_again_and_goes_on()
    {
        var stop = TestContext.Current.CancellationToken;
        await using var world = await BundleWorld.StartAsync(stop);
        await using var node = await world.StartNodeAsync(stop);
        var built = await BuildOnAKnownBlockAsync(world, node, stop);

        string sibling = await SiblingAsync(world, node, stop);
        var again = await node.RecordAsync("SimCompleted", sim => sim.GetProperty("block").GetString() == sibling && IsOfTheExecutor(sim, world), stop);

        await node.RecordAsync("SimCompleted", sim => sim.GetProperty("block").GetString() == sibling && sim.TryGetProperty("opp", out _), stop); // its opportunity is found there, too
        Assert.Equal("None", again.GetProperty("payload").GetProperty("outcome").GetString());
        Assert.Equal([BundleOf(built)], (await node.RecordsAsync("BundleBuilt", stop)).Select(BundleOf));
        Assert.Empty(await node.RecordsAsync("BundleStale", stop));
        Assert.Empty(await node.RecordsAsync("BundleCancelled", stop));
        Assert.Equal(0, await node.StopAsync(stop));
    }

    [Fact]
    public async Task On_a_sibling_where_its_trigger_fails_a_bundle_ends()
    {
        var stop = TestContext.Current.CancellationToken;
        await using var world = await BundleWorld.StartAsync(stop);
        await using var node = await world.StartNodeAsync(stop);
        var built = await BuildOnAKnownBlockAsync(world, node, stop);
        await node.EventAsync("RelayAttempt", static _ => true, stop);

        await SiblingAsync(world, node, stop, before: () => world.Chain.Node.CallAsync("anvil_setBalance", stop, world.Chain.Signers[Trigger].Account.ToString(), "0x1"));
        var ended = await node.RecordAsync("BundleCancelled", static _ => true, stop);

        Assert.Equal(BundleOf(built), BundleOf(ended));
        Assert.Equal("Fails", ReasonOf(ended));
        Assert.Equal(0, await node.StopAsync(stop));
    }

    private static string? BundleOf(JsonElement record) => record.GetProperty("bundle").GetString();

    private static string? ReasonOf(JsonElement record) => record.GetProperty("payload").GetProperty("reason").GetString();

    private static bool IsOfTheExecutor(JsonElement sim, BundleWorld world) => !sim.TryGetProperty("opp", out _) && sim.GetProperty("payload").GetProperty("account").GetString() == world.Executor.ToString();

    /// <summary>The balance holds from the next block on, which is mined.</summary>
    private static async Task BalanceAsync(BundleWorld world, int signer, string wei, CancellationToken stop)
    {
        await world.Chain.Node.CallAsync("anvil_setBalance", stop, world.Chain.Signers[signer].Account.ToString(), wei);
        await world.Chain.Node.CallAsync("evm_mine", stop);
    }

    /// <summary>The trigger's sender replaces it by a transfer to itself that pays more.</summary>
    private static async Task ReplaceAsync(BundleWorld world, CancellationToken stop)
    {
        byte[] raw = world.Chain.Sign(Trigger, world.Chain.NonceOf(Trigger), world.Chain.Signers[Trigger].Account, UInt256.Zero, [], gas: 21_000, times: 2);
        await world.Chain.Node.CallAsync("eth_sendRawTransaction", stop, "0x" + Convert.ToHexStringLower(raw));
    }

    /// <summary>Has a bundle built on a block that the node saw arrive, so that it can be left.</summary>
    private static async Task<JsonElement> BuildOnAKnownBlockAsync(BundleWorld world, NodeProcess node, CancellationToken stop)
    {
        await node.FollowingAsync(stop);
        for (int i = 0; i < 2; i++)
        {
            await world.Chain.Node.CallAsync("evm_mine", stop);
        }

        await AtHeadAsync(world.Chain, node, stop);
        await world.SwapAsync(stop);
        return await node.RecordAsync("BundleBuilt", static _ => true, stop);
    }

    /// <summary>The head of the chain is replaced by another empty block with the same fee, which the node follows.</summary>
    private static async Task<string> SiblingAsync(BundleWorld world, NodeProcess node, CancellationToken stop, Func<Task>? before = null)
    {
        var chain = world.Chain.Node;
        var left = await chain.CallAsync("eth_getBlockByNumber", stop, "latest", false);
        await chain.CallAsync("anvil_rollback", stop, 1);
        await chain.CallAsync("anvil_dropAllTransactions", stop);
        await (before?.Invoke() ?? Task.CompletedTask);
        await chain.CallAsync("anvil_setNextBlockBaseFeePerGas", stop, left.GetProperty("baseFeePerGas").GetString());
        await chain.CallAsync("evm_increaseTime", stop, 5); // so that it has another hash
        await chain.CallAsync("evm_mine", stop);
        return await AtHeadAsync(world.Chain, node, stop);
    }

    private static async Task<string> AtHeadAsync(UniswapChain chain, NodeProcess node, CancellationToken stop)
    {
        string head = (await chain.Node.CallAsync("eth_getBlockByNumber", stop, "latest", false)).GetProperty("hash").GetString()!;
        await node.WaitUntilAsync("/status", status => status.GetProperty("fold").GetProperty("headHash").GetString() == head, BundleNode.Limit, stop);
        return head;
    }
}
