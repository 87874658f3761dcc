using System.Text.Json;
using Mempulse.Primitives.Events;
using Mempulse.Storage.Cases;

namespace Mempulse.EndToEnd.Tests.Bundles;

/// <summary>Without an explicit option nothing leaves; without a key nothing is signed; and everything says so.</summary>
public sealed class DryRunTests
{
    [Fact]
    public async Task A_bundle_is_built_signed_and_not_sent_and_the_next_block_has_its_successor()
    {
        var stop = TestContext.Current.CancellationToken;
        await using var world = await BundleWorld.StartAsync(stop);
        await using var node = await world.StartNodeAsync(stop);
        await node.FollowingAsync(stop);

        string trigger = await world.SwapAsync(stop);
        var first = await node.EventAsync("BundleBuilt", static _ => true, stop);
        await node.WaitUntilAsync("/events?types=RelayAttempt", static page => page.GetProperty("events").GetArrayLength() >= 2, BundleNode.Limit, stop);
        await world.Chain.Node.CallAsync("anvil_dropTransaction", stop, trigger); // so that the next block does not have it
        await world.Chain.Node.CallAsync("evm_mine", stop);
        var second = await node.EventAsync("BundleBuilt", static built => built.GetProperty("sequence").GetInt32() == 2, stop);

        Assert.True(first.GetProperty("signed").GetBoolean() && first.GetProperty("dryRun").GetBoolean());
        Assert.Equal("share/1 9000 bps", first.GetProperty("paymentPolicy").GetString());
        Assert.Equal((first.GetProperty("uuid").GetString(), first.GetProperty("target").GetUInt64() + 1), (second.GetProperty("uuid").GetString(), second.GetProperty("target").GetUInt64()));
        Assert.NotEqual(JsonValueKind.Null, second.GetProperty("replaces").ValueKind);
        Assert.All(await node.EventsAsync("RelayAttempt", stop), static attempt => Assert.True(attempt.GetProperty("dryRun").GetBoolean()));
        Assert.All(await node.EventsAsync("AttemptStarted", stop), static attempt => Assert.True(attempt.GetProperty("dryRun").GetBoolean()));
        Assert.Contains(await node.EventsAsync("AttemptRefused", stop), static refused => refused.GetProperty("rule").GetString() == "CredentialMissing"); // BuilderNet asks for a signature
        string bundle = (await node.RecordsAsync("BundleBuilt", stop))[0].GetProperty("bundle").GetString()!;
        var (made, file) = await node.TryGetBytesAsync($"/cases/{bundle}", stop);
        Assert.Equal(System.Net.HttpStatusCode.OK, made);
        Assert.Contains(CaseFile.Decode("answer", file).AsLogged, static one => one.Kind == LogEvent.BundleBuilt.KindNumber); // its transactions can still be sent
        var operators = await node.EventsAsync("AccountStateObserved", stop);
        Assert.Equal([(3UL, true)], operators.Select(static account => (account.GetProperty("next").GetUInt64(), account.GetProperty("proven").GetBoolean())));
        Assert.Equal(0, await node.StopAsync(stop));
    }

    [Fact]
    public async Task Without_a_key_everything_up_to_the_signature_works_and_says_so()
    {
        var stop = TestContext.Current.CancellationToken;
        await using var world = await BundleWorld.StartAsync(stop);
        await using var node = await world.StartNodeAsync(stop, KeyValuePair.Create("MEMPULSE_OPERATOR_KEY", string.Empty), KeyValuePair.Create("Mempulse__Operator__Account", world.Chain.Signers[BundleWorld.Operator].Account.ToString()));
        await node.FollowingAsync(stop);

        await world.SwapAsync(stop);
        var built = await node.EventAsync("BundleBuilt", static _ => true, stop);

        Assert.False(built.GetProperty("signed").GetBoolean());
        Assert.NotEqual("0", built.GetProperty("profit").GetString());
        Assert.Empty(await node.EventsAsync("AttemptStarted", stop));
        var status = await node.GetAsync("/status", stop);
        Assert.Equal("Bundles are made without signatures, and none is sent: the operator has no key.", status.GetProperty("fold").GetProperty("bundles").GetString());
        Assert.Equal(0, await node.StopAsync(stop));
    }
}
