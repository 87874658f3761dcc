using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Mempulse.Testing.Processes;
using Mempulse.Testing.Anvil;
using Mempulse.Testing.Clocks;

namespace Mempulse.EndToEnd.Tests;

/// <summary>The real service over a real chain while something is wrong with its machine: it loses nothing silently, reports the problem, and recovers by itself.</summary>
/// <remarks>The whole table, with times, is printed by <c>figures faults</c> of the benchmarks.</remarks>
public sealed class FaultTests
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(6);

    private static readonly KeyValuePair<string, string>[] s_settings =
    [
        new("Mempulse__Log__SegmentSizeBytes", "65536"),
    ];

    [Fact]
    public async Task A_service_that_is_killed_again_and_again_has_every_event_and_refuses_a_log_whose_end_is_gone()
    {
        var stop = TestContext.Current.CancellationToken;
        using var data = new TemporaryFolder();
        await using var chain = await AnvilNode.StartAsync(stop);
        var wallets = await AnvilWallets.OpenAsync(chain, stop);
        ulong watermark = 0;
        for (int kill = 0; kill < 3; kill++)
        {
            watermark = await RunAndKillAsync(chain, wallets, data.Path, watermark, stop);
        }

        string log = LogIn(data.Path);
        Assert.Equal(0, (await CommandLine.MempulseAsync(stop, "log", "verify", log)).ExitCode);
        await RunUntilQuietAndKillAsync(chain, data.Path, stop); // what the kills above cut short was never acknowledged, and may be missing
        string last = Directory.EnumerateFiles(log, "*.wal").Order(StringComparer.Ordinal).Last();
        byte[] bytes = await File.ReadAllBytesAsync(last, stop);
        bytes[bytes.AsSpan().LastIndexOfAnyExcept((byte)0)] = 0;
        await File.WriteAllBytesAsync(last, bytes, stop);

        var verified = await CommandLine.MempulseAsync(stop, "log", "verify", log);
        var refused = await CommandLine.RunAsync(Checkout.NodeProgram, ["--rpc", chain.WebSocketAddress, "--data", data.Path, "--urls", $"http://127.0.0.1:{AnvilNode.FreePort()}"], stop);

        Assert.Equal((1, 1), (verified.ExitCode, refused.ExitCode));
        Assert.Contains("are missing", verified.Error, StringComparison.Ordinal);
        Assert.Contains("restore the missing end from a copy", refused.Error + refused.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_that_was_stopped_reports_that_it_was_blind()
    {
        var stop = TestContext.Current.CancellationToken;
        using var data = new TemporaryFolder();
        await using var chain = await AnvilNode.StartAsync(stop);
        var wallets = await AnvilWallets.OpenAsync(chain, stop);
        await using var node = await StartAsync(chain, data.Path, stop);
        await wallets.BurstAsync(20, stop);
        await node.WaitUntilAsync("/status", status => WatermarkOf(status) > 20, s_limit, stop);

        node.Pause();
        var paused = TimeProvider.System.GetUtcNow();
        for (long started = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(started) < s_pause;)
        {
            await wallets.BurstAsync(10, stop);
        }

        node.Resume();

        await WaitUntilBlindAsync(node, paused + (s_pause / 2), stop);
        await node.WaitUntilAsync("/health", IsOk, s_limit, stop);
    }

    [Fact]
    public async Task A_log_whose_directory_is_moved_away_resumes_once_it_is_restored_and_the_time_between_is_blind()
    {
        var stop = TestContext.Current.CancellationToken;
        using var data = new TemporaryFolder();
        await using var chain = await AnvilNode.StartAsync(stop);
        var wallets = await AnvilWallets.OpenAsync(chain, stop);
        await using var node = await StartAsync(chain, data.Path, stop);
        await wallets.BurstAsync(20, stop);
        await node.WaitUntilAsync("/status", status => WatermarkOf(status) > 20, s_limit, stop);
        string log = LogIn(data.Path);

        Directory.Move(log, log + ".moved");
        await TroubledAsync(node, wallets, "moved, unmounted or deleted", () => Directory.Move(log + ".moved", log), stop);

        Assert.Equal(0, (await CommandLine.MempulseAsync(stop, "log", "verify", log)).ExitCode);
    }

    [Fact]
    public async Task A_wall_clock_that_is_set_forward_and_back_is_neither_a_gap_nor_a_loss()
    {
        var stop = TestContext.Current.CancellationToken;
        using var data = new TemporaryFolder();
        var clock = new ProcessClock(data.Path);
        await using var chain = await AnvilNode.StartAsync(stop);
        var wallets = await AnvilWallets.OpenAsync(chain, stop);
        await using var node = await NodeProcess.StartAsync([.. s_settings, .. clock.Start()], stop, "--rpc", chain.WebSocketAddress, "--chain", "1", "--data", data.Path);
        await wallets.BurstAsync(20, stop);
        await node.WaitUntilAsync("/status", status => WatermarkOf(status) > 20, s_limit, stop);
        string gaps = await AllGapsAsync(node, stop);

        foreach (int hours in (int[])[1, -1, 0])
        {
            clock.Set(TimeSpan.FromHours(hours));
            ulong before = WatermarkOf(await node.GetAsync("/status", stop));
            await wallets.BurstAsync(20, stop);
            var set = TimeProvider.System.GetUtcNow().AddHours(hours);
            await node.WaitUntilAsync("/status", status => WatermarkOf(status) > before + 20 && (status.GetProperty("time").GetDateTimeOffset() - set).Duration() < TimeSpan.FromMinutes(10), s_limit, stop);
        }

        await node.WaitUntilAsync("/health", IsOk, s_limit, stop);
        Assert.Equal(gaps, await AllGapsAsync(node, stop));
        var seen = await node.GetAsync("/events?types=TxSeen&limit=1000", stop);
        Assert.Equal(80, seen.GetProperty("events").EnumerateArray().Select(sighting => sighting.GetProperty("tx").GetString()).Distinct().Count());
        await node.StopAsync(stop);
        Assert.Equal(0, (await CommandLine.MempulseAsync(stop, "log", "verify", LogIn(data.Path))).ExitCode);
        Assert.Equal(0, (await CommandLine.MempulseAsync(stop, "replay", LogIn(data.Path), "--check")).ExitCode);
    }

    [Fact]
    public async Task A_full_disk_is_reported_as_blind_and_the_service_recovers()
    {
        var stop = TestContext.Current.CancellationToken;
        using var data = new TemporaryFolder();
        if (!Run("mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", data.Path))
        {
            TestContext.Current.SendDiagnosticMessage("A full disk takes a small file system, which only root may mount; DeviceFailureTests covers it on the simulated disk.");
            return;
        }

        try
        {
            await using var chain = await AnvilNode.StartAsync(stop);
            var wallets = await AnvilWallets.OpenAsync(chain, stop);
            await using var node = await StartAsync(chain, data.Path, stop);
            await wallets.BurstAsync(20, stop);
            await node.WaitUntilAsync("/status", status => WatermarkOf(status) > 20, s_limit, stop);
            string filler = Path.Combine(data.Path, "filler");
            Fill(filler);

            await TroubledAsync(node, wallets, "full", () => File.Delete(filler), stop);

            Assert.Equal(0, (await CommandLine.MempulseAsync(stop, "log", "verify", LogIn(data.Path))).ExitCode);
        }
        finally
        {
            Run("umount", "-l", data.Path);
        }
    }

    /// <summary>Sends transactions until the health says what is wrong, ends it, and waits until the service is healthy and reports that it was blind.</summary>
    private static async Task TroubledAsync(NodeProcess node, AnvilWallets wallets, string reason, Action end, CancellationToken stop)
    {
        await SendUntilAsync(node, wallets, health => health.ToString().Contains(reason, StringComparison.Ordinal), stop);
        var inside = TimeProvider.System.GetUtcNow();
        await wallets.BurstAsync(20, stop);

        end();

        await SendUntilAsync(node, wallets, IsOk, stop);
        await WaitUntilBlindAsync(node, inside, stop);
        var drops = await node.GetAsync("/events?types=TxIngestDropped&limit=1000", stop);
        Assert.Contains(drops.GetProperty("events").EnumerateArray(), drop => drop.GetProperty("payload").GetProperty("reason").GetString() == "LogUnavailable");
    }

    private static async Task SendUntilAsync(NodeProcess node, AnvilWallets wallets, Func<JsonElement, bool> isWanted, CancellationToken stop)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(s_limit);
        while (!isWanted(await node.GetAsync("/health", patience.Token)))
        {
            await wallets.BurstAsync(50, patience.Token);
        }
    }

    /// <summary>Runs a service until it has appended more than 50 events, kills it, and returns its watermark.</summary>
    private static async Task<ulong> RunAndKillAsync(AnvilNode chain, AnvilWallets wallets, string data, ulong before, CancellationToken stop)
    {
        await using var node = await StartAsync(chain, data, stop);
        await wallets.BurstAsync(50, stop);
        var status = await node.WaitUntilAsync("/status", now => WatermarkOf(now) > before + 50, s_limit, stop);
        await node.KillAsync();
        return WatermarkOf(status);
    }

    /// <summary>Runs a service until all that it wrote is acknowledged, and kills it.</summary>
    private static async Task RunUntilQuietAndKillAsync(AnvilNode chain, string data, CancellationToken stop)
    {
        await using var node = await StartAsync(chain, data, stop);
        await node.WaitUntilAsync("/status", IsQuiet, s_limit, stop);
        await node.KillAsync();
    }

    /// <summary>True when the chain's 150 transactions were seen, both lanes are connected, and everything that follows from them is in the log.</summary>
    private static bool IsQuiet(JsonElement status)
    {
        var fold = status.GetProperty("fold");
        return status.GetProperty("pool").GetProperty("Pending").GetInt32() == 150
            && fold.GetProperty("derivedWaiting").GetInt32() == 0
            && fold.GetProperty("appliedSeq").GetUInt64() == WatermarkOf(status)
            && status.GetProperty("lanes").EnumerateArray().All(static lane => lane.GetProperty("sources").EnumerateArray().All(static source => source.GetProperty("connected").GetBoolean()) && lane.GetProperty("queueDepth").GetInt32() == 0);
    }

    /// <summary>The gaps on record, also those of a clock that is ahead.</summary>
    private static async Task<string> AllGapsAsync(NodeProcess node, CancellationToken stop)
    {
        string end = TimeProvider.System.GetUtcNow().AddHours(2).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return (await node.GetAsync($"/gaps?from=0&to={end}", stop)).GetProperty("gaps").ToString();
    }

    private static Task<JsonElement> WaitUntilBlindAsync(NodeProcess node, DateTimeOffset at, CancellationToken stop)
    {
        string moment = at.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        return node.WaitUntilAsync($"/gaps?from={moment}&to={moment}", gaps => gaps.GetProperty("blind").GetBoolean(), s_limit, stop);
    }

    private static Task<NodeProcess> StartAsync(AnvilNode chain, string data, CancellationToken stop) =>
        NodeProcess.StartAsync(s_settings, stop, "--rpc", chain.WebSocketAddress, "--chain", "1", "--data", data);

    private static bool IsOk(JsonElement health) => health.GetProperty("status").GetString() == "ok";

    private static ulong WatermarkOf(JsonElement status) => status.GetProperty("log").GetProperty("watermark").GetUInt64();

    private static string LogIn(string data) => Path.GetDirectoryName(Directory.EnumerateFiles(data, "*.wal", SearchOption.AllDirectories).First())!;

    private static void Fill(string path)
    {
        using var filler = File.Create(path);
        byte[] chunk = new byte[4096];
        try
        {
            while (true)
            {
                filler.Write(chunk);
                filler.Flush();
            }
        }
        catch (IOException)
        {
            // full
        }
    }

    private static bool Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
