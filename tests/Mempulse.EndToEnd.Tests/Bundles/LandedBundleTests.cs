using System.Text.Json;
using Mempulse.Primitives;
using Mempulse.RelaySim.Bundles;
using Mempulse.RelaySim.Faults;
using Mempulse.Testing.Waiting;

namespace Mempulse.EndToEnd.Tests.Bundles;

/// <summary>From a pending swap to a bundle in a block: three relays, of which one is busy twice, one is silent and one lands it. What is gained is what was simulated, to the wei.</summary>
public sealed class LandedBundleTests
{
    [Fact]
    public async Task A_bundle_after_a_pending_swap_lands_and_gains_what_was_simulated_to_the_wei()
    {
        var stop = TestContext.Current.CancellationToken;
        await using var world = await BundleWorld.StartAsync(stop);
        var busy = await world.AddRelayAsync("titan", stop, lands: false);
        busy.Head = new BlockNumber(1);
        busy.Faults.Plan(RelayFault.TooManyRequests, RelayFault.TooManyRequests);
        var silent = await world.AddRelayAsync("quasar", stop, lands: false);
        silent.Faults.Otherwise = RelayFault.Hang;
        var landing = await world.AddRelayAsync("buildernet", stop);
        await using var node = await world.StartNodeAsync(stop, KeyValuePair.Create("Mempulse__Bundles__Sending", "Live"), KeyValuePair.Create("Mempulse__Bundles__AnswerPatience", "0:00:01"));
        await node.FollowingAsync(stop);
        var before = await world.HoldingsAsync(stop);

        await world.SwapAsync(stop);
        var built = await node.EventAsync("BundleBuilt", static _ => true, stop);
        await Until.TrueAsync(() => landing.Pool.All.Any(static bundle => bundle.Fate == BundleFate.Waiting), "the bundle arrived");
        await node.WaitUntilAsync("/events?types=RelayAttempt", static page => page.GetProperty("events").GetArrayLength() >= 5, BundleNode.Limit, stop);
        var block = await landing.LandAsync(stop);

        Assert.Equal(BundleFate.Landed, Assert.Single(block.Bundles).Fate);
        string profit = Text(built, "profit");
        Assert.Equal(profit, (await world.HoldingsAsync(stop) - before).ToString());
        var outcome = await node.EventAsync("BundleOutcome", static outcome => Text(outcome, "verdict") == "Landed" && outcome.GetProperty("realisedKnown").GetBoolean(), stop); // the first verdict is weak: the receipts follow
        Assert.Equal((profit, profit), (Text(outcome, "simulated"), Text(outcome, "realised")));
        string bundle = await BundleCase.FirstBundleAsync(node, stop);
        Assert.Equal(0, await node.StopAsync(stop));

        var reproduced = await BundleCase.OfAsync(world, bundle, stop);
        Assert.Empty(reproduced.AsLogged);
        Assert.Contains($"BundleOutcome {bundle}", reproduced.Events);
        Assert.Contains(reproduced.Events, static one => one.StartsWith("OppDetected", StringComparison.Ordinal));
        Assert.Contains($"bundle {bundle}", reproduced.Results);
        Assert.InRange(reproduced.Exported.GetProperty("bytes").GetInt32(), 1, 1 << 20);
    }

    private static string Text(JsonElement of, string name) => of.GetProperty(name).ToString();
}
