using System.Text.Json.Nodes;

namespace Mempulse.Cli.Tests.Captures;

public sealed class MainnetPectraTests(PlayedLog played)
{
    private static readonly string BlocksPath = Path.Combine(AppContext.BaseDirectory, "vectors", "mainnet", "blocks-rpc.tar.zst");

    [Fact]
    public async Task The_shipped_capture_is_reproduced_byte_for_byte()
    {
        using var scratch = new ScratchDirectory();
        var shipped = await CliRun.InProcessAsync("capture", "stats", PlayedLog.SamplePath, "--json");

        var made = await CliRun.InProcessAsync(
            "capture", "make", "--blocks", BlocksPath, "--out", scratch["made.mpc"], "--provenance", (string)shipped.Json["provenance"]!);

        Assert.Equal(0, made.ExitCode);
        var again = await CliRun.InProcessAsync("capture", "stats", scratch["made.mpc"], "--json");
        Assert.Equal(shipped.Output, again.Output);
        Assert.True(FileContent.AreEqual(PlayedLog.SamplePath, scratch["made.mpc"]));
    }

    [Fact]
    public async Task Another_seed_gives_other_arrivals_of_the_same_blocks()
    {
        using var scratch = new ScratchDirectory();

        await CliRun.InProcessAsync("capture", "make", "--blocks", BlocksPath, "--out", scratch["made.mpc"], "--seed", "7");

        Assert.False(FileContent.AreEqual(PlayedLog.SamplePath, scratch["made.mpc"]));
    }

    [Fact]
    public async Task Its_header_and_each_source_are_marked_synthetic()
    {
        var stats = await CliRun.InProcessAsync("capture", "stats", PlayedLog.SamplePath, "--json");
        var sources = await CliRun.InProcessAsync("log", "dump", played.Directory, "--kind", "SourceConnected", "--json");

        Assert.True((bool)stats.Json["synthetic"]!);
        Assert.StartsWith("SYNTHETIC.", (string)stats.Json["label"]!, StringComparison.Ordinal);
        Assert.Equal(3, sources.Lines.Count);
        Assert.All(sources.Lines, line => Assert.True((bool)JsonNode.Parse(line)!["payload"]!["synthetic"]!));
    }

    [Fact]
    public async Task At_its_own_speed_every_state_except_expiry_and_reorg_appears_within_ten_seconds()
    {
        const double suggestedPace = 6;
        const double watchSeconds = 10;
        var dump = await CliRun.InProcessAsync("log", "dump", played.Directory, "--json");
        var events = dump.Lines.Select(line => JsonNode.Parse(line)!.AsObject()).ToList();
        var start = (DateTimeOffset)events[0]["time"]!;

        var seen = events.Where(shown => ((DateTimeOffset)shown["time"]! - start).TotalSeconds / suggestedPace < watchSeconds)
            .Select(shown => (string)shown["type"]! == "TxStateChanged" ? (string)shown["payload"]!["to"]! : (string)shown["type"]!)
            .ToHashSet();

        Assert.Superset(new HashSet<string> { "TxSeen", "Pending", "Queued", "TxReplaced", "TxIncluded", "TxConfirmed", "TxIngestDropped" }, seen);
        Assert.Contains(events, shown => (string)shown["type"]! == "TxExpired");
        Assert.Contains(events, shown => (string)shown["type"]! == "TxReopened");
    }
}
