using System.Text.Json.Nodes;
using Mempulse.Canon;
using Mempulse.ChainState.Recorded;
using Mempulse.Cli.Replays;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Records;
using Mempulse.Replay;

namespace Mempulse.Cli.Tests.Captures;

/// <summary>The shipped capture of swaps: made by the command that its README names, labelled, and played to the same opportunities everywhere.</summary>
public sealed class MainnetSwapsTests(PlayedSwaps played)
{
    private const int Checkpoints = 16;

    private static readonly string _vectors = Path.Combine(AppContext.BaseDirectory, "vectors", "mainnet");
    private static readonly string[] _numbers = ["19426587", "19923400", "19932148", "19932703", "19933597", "19933612"];

    [Fact]
    public async Task The_shipped_files_are_reproduced_byte_for_byte()
    {
        using var scratch = new ScratchDirectory();
        var shipped = await CliRun.InProcessAsync("capture", "stats", PlayedSwaps.SamplePath, "--json");

        var made = await MakeAsync(scratch, "--provenance", (string)shipped.Json["provenance"]!);

        Assert.Equal((0, 6, new FileInfo(scratch["made.mps"]).Length), (made.ExitCode, (int)made.Json["blocks"]!, (long)made.Json["stateBytes"]!));
        Assert.True(FileContent.AreEqual(PlayedSwaps.SamplePath, scratch["made.mpc"]));
        Assert.True(FileContent.AreEqual(PlayedSwaps.StatesPath, scratch["made.mps"]));
    }

    [Fact]
    public async Task Another_seed_and_another_title_give_another_capture_of_the_same_states()
    {
        using var scratch = new ScratchDirectory();

        var made = await MakeAsync(scratch, "--seed", "7", "--title", "mine");

        Assert.Equal(0, made.ExitCode);
        Assert.False(FileContent.AreEqual(PlayedSwaps.SamplePath, scratch["made.mpc"]));
        var (states, shipped) = (RecordedStateFile.Read(scratch["made.mps"]), RecordedStateFile.Read(PlayedSwaps.StatesPath));
        Assert.Equal("mine", states.Capture);
        Assert.Equal(shipped.Blocks.Select(static block => block.State.PartCount), states.Blocks.Select(static block => block.State.PartCount));
    }

    [Fact]
    public async Task Its_header_and_each_source_are_marked_synthetic()
    {
        var stats = await CliRun.InProcessAsync("capture", "stats", PlayedSwaps.SamplePath, "--json");
        var sources = await CliRun.InProcessAsync("log", "dump", played.Directory, "--kind", "SourceConnected", "--json");

        Assert.True((bool)stats.Json["synthetic"]!);
        Assert.StartsWith("SYNTHETIC.", (string)stats.Json["label"]!, StringComparison.Ordinal);
        Assert.Equal(3, sources.Lines.Count);
        Assert.All(sources.Lines, static line => Assert.True((bool)JsonNode.Parse(line)!["payload"]!["synthetic"]!));
    }

    [Fact]
    public async Task Its_receipts_are_proven_and_its_pools_are_not()
    {
        var receipts = await CliRun.InProcessAsync("log", "dump", played.Directory, "--kind", "ReceiptsObserved", "--json");
        var pools = await CliRun.InProcessAsync("log", "dump", played.Directory, "--kind", "PoolObserved", "--json");

        Assert.NotEmpty(receipts.Lines);
        Assert.NotEmpty(pools.Lines);
        Assert.All(receipts.Lines, static line => Assert.True((bool)JsonNode.Parse(line)!["payload"]!["verified"]!));
        Assert.All(pools.Lines, static line => Assert.False((bool)JsonNode.Parse(line)!["payload"]!["proven"]!));
        Assert.All(pools.Lines, static line => Assert.True(JsonNode.Parse(line)!["payload"]!["slots"]!.AsArray().Count is 1 or >= 5, line)); // a pair has one, a pool of ticks at least five
    }

    [Fact]
    public async Task Another_process_writes_the_same_bytes_and_finds_the_same_opportunities()
    {
        using var scratch = new ScratchDirectory();

        var again = await CliRun.AsProcessAsync("capture", "play", PlayedSwaps.SamplePath, "--out", scratch["again"]);

        Assert.Equal((0, played.Final), (again.ExitCode, again.Lines[^1]));
        foreach (string file in Directory.GetFiles(played.Directory))
        {
            Assert.True(FileContent.AreEqual(file, Path.Combine(scratch["again"], Path.GetFileName(file))), file);
        }

        var check = await CliRun.AsProcessAsync("replay", scratch["again"], "--check");
        Assert.Equal((0, played.Final), (check.ExitCode, check.Lines[^1]));
        var found = await CliRun.InProcessAsync("log", "dump", played.Directory, "--kind", "OppDetected", "--json");
        Assert.NotEmpty(found.Lines);
        Assert.Equal(found.Output, (await CliRun.AsProcessAsync("log", "dump", scratch["again"], "--kind", "OppDetected", "--json")).Output);
    }

    [Fact]
    public void From_any_checkpoint_the_digest_at_the_end_is_the_same()
    {
        var composition = LogOnDisk.CompositionOf(played.Directory);
        var chain = LogDirectory.ChainOf(played.Directory);
        var records = ReadAll();
        var straight = composition.Create(chain);
        var saved = new List<byte[]>();
        for (int i = 0; i < records.Count; i++)
        {
            Apply(straight, records, i);
            if (i % (records.Count / Checkpoints) == 0)
            {
                var buffer = new ByteBuffer();
                straight.SaveCheckpoint(buffer);
                saved.Add(buffer.WrittenSpan.ToArray());
            }
        }

        Assert.Equal($"final {records.Count} {straight.Digest()}", played.Final);
        Assert.True(saved.Count >= Checkpoints);
        foreach (byte[] checkpoint in saved)
        {
            var restored = composition.Restore(chain, checkpoint);
            for (int i = (int)restored.Applied.Value; i < records.Count; i++)
            {
                Apply(restored, records, i);
            }

            Assert.Equal((straight.Digest(), 0UL), (restored.Digest(), restored.DivergenceCount));
        }
    }

    [Theory]
    [InlineData("--numbers", "19932148 19426588", "'blocks/19426588/block.json' is missing at ")]
    [InlineData("--numbers", "0", "'0' are not valid heights: expected at most 64, each above 0.")]
    [InlineData("--next", "22431080", "Cannot use one of --next and --next-blocks alone. Give both or none.")]
    public async Task What_cannot_be_made_is_refused_with_a_sentence_and_leaves_no_file(string option, string value, string sentence)
    {
        using var scratch = new ScratchDirectory();
        string[] numbers = option == "--numbers" ? value.Split(' ') : ["19923400"];
        string[] more = option == "--numbers" ? [] : [option, value];

        var run = await CliRun.InProcessAsync(["capture", "excerpt", "--blocks", Path.Combine(_vectors, "blocks-with-prestate.tar.zst"), "--out", scratch["made.mpc"], "--numbers", .. numbers, .. more]);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(sentence, run.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(scratch.Path));
    }

    private static Task<CliRun> MakeAsync(ScratchDirectory scratch, params string[] more) => CliRun.InProcessAsync(
        ["capture", "excerpt", "--blocks", Path.Combine(_vectors, "blocks-with-prestate.tar.zst"), "--numbers", .. _numbers, "--out", scratch["made.mpc"],
            "--next-blocks", Path.Combine(_vectors, "blocks-rpc.tar.zst"), "--next", "22431080", "--json", .. more]);

    private List<byte[]> ReadAll()
    {
        var reader = LogDirectory.OpenRead(played.Directory);
        var records = new List<byte[]>();
        while (reader.Read(new GlobalSeq((ulong)records.Count + 1), 1 << 20) is { } page)
        {
            foreach (var record in page)
            {
                records.Add(record.Bytes.ToArray());
            }
        }

        return records;
    }

    private static void Apply(ReplayEngine engine, List<byte[]> records, int index) => engine.Apply(new RecordView(new GlobalSeq((ulong)index + 1), records[index]));
}
