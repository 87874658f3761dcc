using Mempulse.Canon;
using Mempulse.Canon.Files;
using Mempulse.Canon.Snapshots;
using Mempulse.Cli.Replays;
using Mempulse.Folding.Checkpoints;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Records;

namespace Mempulse.Cli.Tests.Replays;

/// <summary>Replays from a checkpoint have the same results as replays from the start of the log.</summary>
public sealed class CheckpointStartTests : IDisposable
{
    private const ulong Spacing = 1_000;

    private readonly ScratchDirectory _scratch = new();
    private readonly PlayedLog _played;

    public CheckpointStartTests(PlayedLog played)
    {
        _played = played;
        played.CopyTo(Log);
    }

    private string Log => _scratch["log"];

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task A_replay_from_a_checkpoint_ends_in_the_digest_of_the_whole_one()
    {
        TakeCheckpoints();

        var run = await CliRun.InProcessAsync("replay", Log, "--from", "5500", "--check", "--json");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(5_000ul, (ulong)run.Json["start"]!);
        Assert.Equal(_played.Digest, (string)run.Json["digest"]!);
        Assert.Equal(0, (int)run.Json["divergences"]!);
        Assert.Contains("from the checkpoint at 5000", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_an_earlier_checkpoint_a_replay_begins_with_the_log()
    {
        TakeCheckpoints();

        var run = await CliRun.InProcessAsync("replay", Log, "--from", "999", "--json");

        Assert.Equal((0ul, _played.Digest), ((ulong)run.Json["start"]!, (string)run.Json["digest"]!));
    }

    [Fact]
    public async Task A_diff_is_the_same_with_and_without_checkpoints()
    {
        var without = await CliRun.InProcessAsync("diff", Log, "--from", "4321", "--to", "6789", "--json");
        TakeCheckpoints();

        var with = await CliRun.InProcessAsync("diff", Log, "--from", "4321", "--to", "6789", "--json");

        Assert.Equal(without.Output, with.Output);
    }

    [Fact]
    public async Task A_log_whose_beginning_was_deleted_is_replayed_from_its_oldest_checkpoint()
    {
        CutTheBeginning();

        var run = await CliRun.InProcessAsync("replay", Log, "--check", "--json");

        Assert.Equal(0, run.ExitCode);
        Assert.True((ulong)run.Json["start"]! > 0);
        Assert.Equal(_played.Digest, (string)run.Json["digest"]!);
        Assert.Equal(0, (int)run.Json["divergences"]!);
    }

    [Fact]
    public async Task A_truncated_log_without_checkpoints_is_refused_in_one_sentence()
    {
        CutTheBeginning();
        Directory.Delete(Path.Combine(Log, LogDirectory.CheckpointsName), recursive: true);

        var run = await CliRun.InProcessAsync("replay", Log);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("were deleted", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_state_before_the_oldest_checkpoint_of_a_truncated_log_is_refused()
    {
        CutTheBeginning();

        var run = await CliRun.InProcessAsync("diff", Log, "--from", "10", "--to", "7000");

        Assert.Equal(2, run.ExitCode);
    }

    [Fact]
    public async Task A_replay_that_ends_before_the_oldest_checkpoint_of_a_truncated_log_is_refused()
    {
        CutTheBeginning();

        var run = await CliRun.InProcessAsync("replay", Log, "--to", "10");

        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith("mempulse: '10' is not a valid --to: it is before the oldest available state, the checkpoint at ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_log_without_checkpoints_is_not_changed()
    {
        await CliRun.InProcessAsync("replay", Log, "--from", "5000");

        Assert.False(Directory.Exists(Path.Combine(Log, LogDirectory.CheckpointsName)));
    }

    private SnapshotStore TakeCheckpoints()
    {
        var store = new SnapshotStore(PosixFileSystem.Instance, Path.Combine(Log, LogDirectory.CheckpointsName));
        var engine = LogOnDisk.CompositionOf(Log).Create(LogDirectory.ChainOf(Log));
        using var scan = LogDirectory.OpenRead(Log).Scan(new GlobalSeq(1));
        while (scan.MoveNext())
        {
            foreach (var record in scan.Current!)
            {
                engine.Apply(record);
                if (engine.Applied.Value % Spacing == 0)
                {
                    var content = new ByteBuffer();
                    engine.SaveCheckpoint(content);
                    using var writer = store.Begin(engine.Applied, new Epoch(1));
                    writer.Append(content.WrittenSpan);
                    writer.Complete(CheckpointStore.MarkOf(engine.Applied, new Epoch(1), engine.Digest(), engine.RuleVersion));
                }
            }
        }

        return store;
    }

    /// <summary>The same log in small segments, of which the first are deleted.</summary>
    private void CutTheBeginning()
    {
        var store = TakeCheckpoints();
        string checkpoints = Path.Combine(Log, LogDirectory.CheckpointsName);
        string small = _scratch["small"];
        using (var log = EventLog.Open(new EventLogOptions { Directory = small, Chain = LogDirectory.ChainOf(Log), SegmentSizeBytes = 256 << 10 }))
        {
            using var scan = LogDirectory.OpenRead(Log).Scan(new GlobalSeq(1));
            while (scan.MoveNext())
            {
                foreach (var record in scan.Current!)
                {
                    var batch = new EventBatch(record.Lane);
                    batch.AddCopy(record, record.Meta);
                    log.AppendAsync(batch, CancellationToken.None).AsTask().GetAwaiter().GetResult();
                }
            }

            Assert.True(log.DeleteBelow(store, new GlobalSeq(_played.Watermark)) > new GlobalSeq(1));
        }

        Directory.Move(checkpoints, Path.Combine(small, LogDirectory.CheckpointsName));
        Directory.Delete(Log, recursive: true);
        Directory.Move(small, Log);
    }
}
