using System.Globalization;
using Mempulse.Builder.Bundles;
using Mempulse.Builder.Dialects;
using Mempulse.Builder.Requests;
using Mempulse.Builder.Sending;
using Mempulse.Ethereum.Signatures;
using Mempulse.Ethereum.Transactions;
using Mempulse.Primitives;
using Mempulse.RelaySim;
using Mempulse.RelaySim.Bundles;

namespace Mempulse.EndToEnd.Tests.Bundles;

/// <summary>Another searcher pays more for the same opportunity: the outcome names its transaction, by an execution of the block.</summary>
public sealed class OutbidBundleTests
{
    private const int Rival = 1;
    private const int TipWord = 2;

    [Fact]
    public async Task A_competitor_that_pays_more_is_named_with_proof()
    {
        var stop = TestContext.Current.CancellationToken;
        await using var world = await BundleWorld.StartAsync(stop);
        var executor = await world.DeployExecutorAsync(Rival, stop);
        var relay = await world.AddRelayAsync("buildernet", stop);
        KeyValuePair<string, string>[] settings =
        [
            KeyValuePair.Create("Mempulse__Bundles__Sending", "Live"),
            KeyValuePair.Create("Mempulse__RelayData__Sources__0", $"simulated={relay.Address}"),
            KeyValuePair.Create("Mempulse__RelayData__Interval", "0:00:00.2"),
        ];
        await using (var sending = await world.StartNodeAsync(stop, settings))
        {
            await sending.FollowingAsync(stop);
            await world.SwapAsync(stop);
            await sending.EventAsync("RelayAttempt", static _ => true, stop);
            Assert.Equal(0, await sending.StopAsync(stop));
        }

        // The auction tries blocks on the chain and takes them back: the node must not see them, as no node sees those of a real builder.
        var theirs = await OutbidAsync(world, relay, executor, relay.Pool.All[0].Bundle, stop);
        var block = await relay.LandAsync(stop);
        await using var node = await world.StartNodeAsync(stop, settings);

        Assert.Equal([BundleFate.Landed, BundleFate.Outbid], block.Bundles.Select(static bundle => bundle.Fate));
        var examined = await node.EventAsync("CompetitionExamined", static _ => true, stop);
        Assert.Equal(("TakenByTransaction", true), (examined.GetProperty("finding").GetString(), examined.GetProperty("verified").GetBoolean()));
        Assert.NotEqual(0, examined.GetProperty("conflicts").GetArrayLength());
        var outcome = await node.EventAsync("BundleOutcome", static outcome => outcome.GetProperty("verdict").GetString() == "Outcompeted", stop);
        Assert.Equal("Proof", outcome.GetProperty("strength").GetString());
        Assert.Contains(theirs.ToString(), (await node.GetTextAsync("/events?types=BundleOutcome", stop)), StringComparison.Ordinal);
        var claim = await node.EventAsync("RelayDataObserved", claim => claim.GetProperty("number").GetUInt64() == block.Number.Value, stop);
        Assert.Equal("simulated", claim.GetProperty("relay").GetString());
        string bundle = await BundleCase.FirstBundleAsync(node, stop);
        Assert.Equal(0, await node.StopAsync(stop));

        var reproduced = await BundleCase.OfAsync(world, bundle, stop, "--private");
        Assert.Empty(reproduced.AsLogged);
        Assert.Contains($"examination {bundle}", reproduced.Results);
        Assert.Contains($"BundleOutcome {bundle}", reproduced.Events);
    }

    /// <summary>Sends the same exchanges after the same swap by another executor, which pays one wei more.</summary>
    private static async Task<Hash256> OutbidAsync(BundleWorld world, RelaySimulator relay, Address executor, RelayBundle ours, CancellationToken stop)
    {
        Assert.True(TransactionView.TryRead(ours.Transactions[^1].Raw.Span, out var own));
        byte[] input = own.Input.ToArray();
        var tip = UInt256.FromBigEndian(input.AsSpan(4 + (TipWord * UInt256.Size), UInt256.Size)) + 1_000_000_000_000UL;
        tip.WriteBigEndian(input.AsSpan(4 + (TipWord * UInt256.Size), UInt256.Size));
        input.AsSpan(4 + UInt256.Size, UInt256.Size).Clear(); // any profit will do
        var leg = BundleTransaction.Read(world.Chain.Sign(Rival, world.Chain.NonceOf(Rival), executor, default, input, gas: 1_000_000))!;
        var dialect = RelayDialects.Find("buildernet")!;
        using var http = new RelayHttp();
        using var client = new HttpRelayClient(dialect, new RelayAddresses(relay.Address, null), http, TimeProvider.System, TimeSpan.FromMinutes(1));
        var bundle = ours with { Id = leg.Hash, Transactions = [.. ours.Transactions.Take(ours.Transactions.Count - 1), leg], ReplacementUuid = null, ReplacementSequence = 0 };
        var sent = await client.SendAsync(RelayRequestWriter.Write(dialect, new RelayCommand.Send(bundle), 1, RelayCredential.OfSigner(new EcdsaSigner([.. Enumerable.Repeat((byte)0x77, 32)]))), stop);
        Assert.True(sent.Answer.Class == Primitives.Events.ErrorClass.None, string.Create(CultureInfo.InvariantCulture, $"{sent.Answer.Class} {sent.Answer.Message}"));
        return leg.Hash;
    }
}
