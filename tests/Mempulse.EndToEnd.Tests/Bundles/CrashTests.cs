using Mempulse.Testing.Processes;
using Mempulse.Primitives.Events;
using Mempulse.RelaySim.Bundles;
using Mempulse.RelaySim.Faults;
using Mempulse.Testing.Waiting;

namespace Mempulse.EndToEnd.Tests.Bundles;

/// <summary>The service is killed between every two steps from a pending swap to an outcome. It goes on where the log ends: nothing is sent twice under one number, nothing is forgotten.</summary>
public sealed class CrashTests
{
    private static readonly KeyValuePair<string, string> s_live = KeyValuePair.Create("Mempulse__Bundles__Sending", "Live");

    [Fact]
    public async Task A_crash_between_any_two_steps_neither_doubles_nor_forgets_a_submission()
    {
        var stop = TestContext.Current.CancellationToken;
        await using var world = await BundleWorld.StartAsync(stop);
        var relay = await world.AddRelayAsync("buildernet", stop);
        var before = await world.HoldingsAsync(stop);

        // Found, not simulated.
        await using (var node = await world.StartIdleNodeAsync(stop, KeyValuePair.Create("Mempulse__Simulation__Patience", "0:00:00.001")))
        {
            await node.FollowingAsync(stop);
            await world.SwapAsync(stop);
            await node.EventAsync("OppDetected", static _ => true, stop);
            await node.KillAsync();
        }

        // Simulated, no bundle.
        await using (var node = await world.StartIdleNodeAsync(stop))
        {
            await node.EventAsync("SimCompleted", static sim => sim.GetProperty("outcome").GetString() == "None", stop);
            Assert.Empty(await node.EventsAsync("BundleBuilt", stop));
            await node.KillAsync();
        }

        // Built, and sent to a relay that does not answer.
        relay.Faults.Plan(RelayFault.Hang);
        await using (var node = await world.StartNodeAsync(stop, s_live, KeyValuePair.Create("Mempulse__Bundles__AnswerPatience", "0:00:30")))
        {
            await Until.TrueAsync(() => relay.Requests.Count == 1, "the request arrived");
            Assert.Single(await node.EventsAsync("AttemptStarted", stop));
            Assert.Empty(await node.EventsAsync("RelayAttempt", stop));
            await node.KillAsync();
        }

        // Answered.
        await using (var node = await world.StartNodeAsync(stop, s_live))
        {
            await node.EventAsync("RelayAttempt", static _ => true, stop);
            await node.KillAsync();
        }

        // Nothing left to send.
        await using (var node = await world.StartNodeAsync(stop, s_live))
        {
            await node.FollowingAsync(stop);
            await node.WaitUntilAsync("/status", static status => status.GetProperty("fold").GetProperty("bundles").GetString()!.StartsWith("Bundles are sent", StringComparison.Ordinal), BundleNode.Limit, stop);
            Assert.Equal(2, relay.Requests.Count);
            await node.KillAsync();
        }

        Assert.Equal(BundleFate.Landed, (await relay.LandAsync(stop)).Bundles.First(static bundle => bundle.Index >= 0).Fate);

        // In a block, not judged.
        await using (var node = await world.StartNodeAsync(stop, s_live))
        {
            var outcome = await node.EventAsync("BundleOutcome", static outcome => outcome.GetProperty("verdict").GetString() == "Landed" && outcome.GetProperty("realisedKnown").GetBoolean(), stop);
            var built = Assert.Single(await node.EventsAsync("BundleBuilt", stop));
            Assert.Equal((await world.HoldingsAsync(stop) - before).ToString(), outcome.GetProperty("realised").GetString());
            Assert.Equal(built.GetProperty("profit").GetString(), outcome.GetProperty("realised").GetString());
            Assert.Equal([1, 2], (await node.EventsAsync("AttemptStarted", stop)).Select(static attempt => attempt.GetProperty("number").GetInt32()));
            Assert.Equal([2], (await node.EventsAsync("RelayAttempt", stop)).Select(static attempt => attempt.GetProperty("number").GetInt32()));
            Assert.Equal(0, await node.StopAsync(stop));
        }

        string log = Path.GetDirectoryName(Directory.EnumerateFiles(world.DataPath, "*.wal", SearchOption.AllDirectories).First())!;
        var replay = await CommandLine.MempulseAsync(stop, "replay", log, "--check");
        Assert.True(replay.ExitCode == 0, replay.Output + replay.Error);
    }

    [Fact]
    public async Task A_crash_between_a_bundle_on_record_and_its_first_attempt_sends_the_same_bundle_once()
    {
        var stop = TestContext.Current.CancellationToken;
        await using var world = await BundleWorld.StartAsync(stop);
        var relay = await world.AddRelayAsync("buildernet", stop);
        relay.Faults.Plan(RelayFault.Hang);
        string sent;
        await using (var node = await world.StartNodeAsync(stop, s_live))
        {
            await node.FollowingAsync(stop);
            await world.SwapAsync(stop);
            await Until.TrueAsync(() => relay.Requests.Count == 1, "the request arrived");
            sent = Assert.Single(await node.RecordsAsync("BundleBuilt", stop)).GetProperty("bundle").GetString()!;
            await node.KillAsync();
        }

        await CutLog.AfterFirstAsync(LogEvent.BundleBuilt.KindNumber, world.DataPath, stop);

        await using (var node = await world.StartNodeAsync(stop, s_live))
        {
            await node.EventAsync("RelayAttempt", static _ => true, stop);
            Assert.Equal(2, relay.Requests.Count);
            Assert.Equal(BundleFate.Landed, (await relay.LandAsync(stop)).Bundles.First(static bundle => bundle.Index >= 0).Fate);
            await node.EventAsync("BundleOutcome", static outcome => outcome.GetProperty("verdict").GetString() == "Landed" && outcome.GetProperty("realisedKnown").GetBoolean(), stop);

            Assert.Equal(sent, Assert.Single(await node.RecordsAsync("BundleBuilt", stop)).GetProperty("bundle").GetString());
            Assert.Equal(1, Assert.Single(await node.EventsAsync("AttemptStarted", stop)).GetProperty("number").GetInt32());
            Assert.Equal(1, Assert.Single(await node.EventsAsync("RelayAttempt", stop)).GetProperty("number").GetInt32());
            Assert.Equal(0, await node.StopAsync(stop));
        }
    }
}
