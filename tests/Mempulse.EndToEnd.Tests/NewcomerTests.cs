using System.Text.Json;
using System.Text.Json.Nodes;
using Mempulse.Testing.Processes;

namespace Mempulse.EndToEnd.Tests;

/// <summary>What a newcomer sees who starts the service as the README says: without a node, a key or a setting.</summary>
public sealed class NewcomerTests
{
    private static readonly TimeSpan s_firstMinute = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Within_the_first_minute_real_swaps_are_decoded_flagged_detected_and_simulated_on_the_state_that_was_recorded()
    {
        var stop = TestContext.Current.CancellationToken;
        using var data = new TemporaryFolder();
        JsonElement opps;
        await using (var node = await NodeProcess.StartAsync(stop, "--data", data.Path))
        {
            (opps, var opp, var tx) = await FirstAppraisedAsync(node, stop);
            Assert.Equal(("exposure/1", "Advice", false), (Text(opp, "strategy"), Text(opp, "purpose"), opp.GetProperty("simulation").GetProperty("verified").GetBoolean()));

            Assert.True(tx.GetProperty("synthetic").GetBoolean()); // its times are made, and say so
            Assert.Contains("\"function\"", tx.GetProperty("decode").GetRawText(), StringComparison.Ordinal);
            Assert.Equal(JsonValueKind.Object, tx.GetProperty("score").ValueKind);
            Assert.Contains(tx.GetProperty("opportunities").EnumerateArray(), known => Text(known, "id") == Text(opp, "id"));

            var sim = await node.GetAsync($"/sim/{Text(opp.GetProperty("simulation"), "id")}", stop);
            Assert.Equal((false, Text(opp, "base")), (sim.GetProperty("verified").GetBoolean(), Text(sim.GetProperty("base"), "hash")));
            var health = await node.GetAsync("/health", stop);
            Assert.Equal(("ok", true), (Text(health, "status"), health.GetProperty("synthetic").GetBoolean()));
            Assert.Contains("as it was recorded for 6 blocks of \"mainnet-swaps\", without proofs", node.Printed, StringComparison.Ordinal);
            Assert.Equal(0, await node.StopAsync(stop));
        }

        string log = Path.Combine(data.Path, "1");
        var replay = await CommandLine.MempulseAsync(stop, "replay", log, "--check");
        Assert.True(replay.ExitCode == 0, replay.Output + replay.Error);
        var listed = await CommandLine.MempulseAsync(stop, "opps", log, "--at", opps.GetProperty("asOfSeq").GetRawText(), "--status", "open", "--limit", "1000", "--json");
        Assert.Equal(
            opps.GetProperty("opportunities").EnumerateArray().Select(static opp => (Text(opp, "id"), Text(opp, "status"), opp.GetProperty("score").GetProperty("total").GetInt64())),
            JsonNode.Parse(listed.LastLine)!["opportunities"]!.AsArray().Select(static opp => ((string)opp!["id"]!, (string)opp["status"]!, long.Parse((string)opp["score"]!, System.Globalization.CultureInfo.InvariantCulture))));
    }

    [Fact]
    public async Task Both_captures_are_played_into_one_log_that_a_replay_confirms()
    {
        var stop = TestContext.Current.CancellationToken;
        using var data = new TemporaryFolder();
        await using (var node = await NodeProcess.StartAsync(stop, "--data", data.Path, "--speed", "max"))
        {
            var status = await node.WaitUntilAsync(
                "/status",
                static status => status.GetProperty("fold").GetProperty("headNumber") is { ValueKind: JsonValueKind.Number } head && head.GetUInt64() == 22_431_090
                    && status.GetProperty("lanes").EnumerateArray().All(static lane => !lane.GetProperty("running").GetBoolean()),
                s_firstMinute,
                stop);
            Assert.Equal(["playback-swaps", "playback"], status.GetProperty("lanes").EnumerateArray().Select(static lane => Text(lane, "name")));
            Assert.Equal(0, await node.StopAsync(stop));
        }

        var replay = await CommandLine.MempulseAsync(stop, "replay", Path.Combine(data.Path, "1"), "--check");
        Assert.True(replay.ExitCode == 0, replay.Output + replay.Error);
        var reorgs = await CommandLine.MempulseAsync(stop, "log", "dump", Path.Combine(data.Path, "1"), "--kind", "ReorgDetected");
        Assert.Single(reorgs.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)); // that of mainnet-pectra: the swaps come without one
    }

    [Theory]
    [InlineData("damaged", " is damaged: the checksum of its content is wrong.")]
    [InlineData("cut", " is damaged: it has ")]
    [InlineData("another", " has states of capture \"mainnet-swaps\" of chain 1: expected \"mainnet-pectra\" of chain 1, as the capture beside it.")]
    public async Task States_that_are_damaged_or_of_another_capture_end_the_start_with_a_sentence_and_touch_no_log(string fault, string sentence)
    {
        var stop = TestContext.Current.CancellationToken;
        using var data = new TemporaryFolder();
        string samples = Path.Combine(Checkout.Root, "samples");
        string capture = Path.Combine(data.Path, "some.mpc");
        File.Copy(fault == "another" ? Path.Combine(samples, "mainnet-pectra", "mainnet-pectra.mpc") : Path.Combine(samples, "mainnet-swaps", "mainnet-swaps.mpc"), capture);
        byte[] states = await File.ReadAllBytesAsync(Path.Combine(samples, "mainnet-swaps", "mainnet-swaps.mps"), stop);
        states[^100] ^= (byte)(fault == "damaged" ? 1 : 0);
        await File.WriteAllBytesAsync(Path.Combine(data.Path, "some.mps"), fault == "cut" ? states[..^100] : states, stop);

        var run = await CommandLine.RunAsync(Checkout.NodeProgram, ["--capture", capture, "--data", Path.Combine(data.Path, "log"), "--urls", "http://127.0.0.1:0"], stop);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(sentence, Assert.Single(run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(data.Path, "log")));
    }

    /// <summary>An opportunity that holds and was simulated, in the page of the API that has it, with its trigger while that still waits.</summary>
    private static async Task<(JsonElement Page, JsonElement Opp, JsonElement Tx)> FirstAppraisedAsync(NodeProcess node, CancellationToken stop)
    {
        using var minute = CancellationTokenSource.CreateLinkedTokenSource(stop);
        minute.CancelAfter(s_firstMinute);
        while (true)
        {
            var page = await node.WaitUntilAsync("/opps?status=open&limit=1000", static page => page.GetProperty("opportunities").EnumerateArray().Any(IsSimulated), s_firstMinute, minute.Token);
            foreach (var opp in page.GetProperty("opportunities").EnumerateArray().Where(IsSimulated))
            {
                var tx = await node.GetAsync($"/tx/{Text(opp, "trigger")}", minute.Token);
                if (tx.GetProperty("flags").ValueKind == JsonValueKind.Array)
                {
                    return (page, opp, tx);
                }
            }
        }
    }

    private static bool IsSimulated(JsonElement opp) => opp.GetProperty("simulation") is { ValueKind: JsonValueKind.Object } sim && Text(sim, "outcome") == "ok";

    private static string Text(JsonElement of, string name) => of.GetProperty(name).GetString()!;
}
