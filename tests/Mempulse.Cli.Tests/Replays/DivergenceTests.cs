using Mempulse.Canon;
using Mempulse.Folding;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;
using Mempulse.Replay.Derivations;

namespace Mempulse.Cli.Tests.Replays;

public sealed class DivergenceTests
{
    private static readonly ChainId s_chain = new(1);
    private static readonly Hash256 SomeTx = Hash256.Parse(new string('1', 64));
    private static readonly Hash256 SomeBlock = Hash256.Parse(new string('b', 64));
    private static readonly Address SomeSender = Address.Parse(new string('5', 40));

    [Fact]
    public async Task A_logged_derived_event_with_another_field_is_named_by_seq_and_field()
    {
        using var scratch = new ScratchDirectory();
        await WriteAsync(scratch["log"], loggedIndex: 5);

        var run = await CliRun.InProcessAsync("replay", scratch["log"], "--check");
        var json = await CliRun.InProcessAsync("replay", scratch["log"], "--check", "--json");

        Assert.Equal((1, 1), (run.ExitCode, json.ExitCode));
        Assert.StartsWith("mempulse: At 3, event 0 of cause 2: ", run.Error, StringComparison.Ordinal);
        Assert.Contains(": index differs: expected 0, found 5", run.Error, StringComparison.Ordinal);
        var first = json.Json["first"]![0]!;
        Assert.Equal(3, (int)first["seq"]!);
        Assert.Equal(("0", "5"), ((string)first["expected"]!, (string)first["actual"]!));
    }

    [Fact]
    public async Task Without_the_check_a_divergence_is_not_an_error()
    {
        using var scratch = new ScratchDirectory();
        await WriteAsync(scratch["right"], loggedIndex: 0);
        await WriteAsync(scratch["wrong"], loggedIndex: 5);

        var right = await CliRun.InProcessAsync("replay", scratch["right"]);
        var wrong = await CliRun.InProcessAsync("replay", scratch["wrong"]);

        Assert.Equal((0, 0), (right.ExitCode, wrong.ExitCode));
        Assert.Equal(right.Output, wrong.Output);
        Assert.Equal(0, (await CliRun.InProcessAsync("replay", scratch["right"], "--check")).ExitCode);
    }

    [Fact]
    public async Task A_checkpoint_whose_logged_digest_is_not_that_of_the_replay_is_named()
    {
        using var scratch = new ScratchDirectory();
        await WriteAsync(scratch["right"], loggedIndex: 0);
        string digest = (await CliRun.InProcessAsync("replay", scratch["right"])).Lines[^1].Split(' ')[2];
        string rules = FoldComposition.Default.Create(s_chain).RuleVersion;
        await WriteAsync(scratch["wrong"], loggedIndex: 0);
        await CheckpointAsync(scratch["right"], digest, rules);
        await CheckpointAsync(scratch["wrong"], new string('7', digest.Length), rules);

        var right = await CliRun.InProcessAsync("replay", scratch["right"], "--check");
        var wrong = await CliRun.InProcessAsync("replay", scratch["wrong"], "--check");
        var json = await CliRun.InProcessAsync("replay", scratch["wrong"], "--check", "--json");

        Assert.Equal((0, 1, 1), (right.ExitCode, wrong.ExitCode, json.ExitCode));
        Assert.Contains("1 checkpoints compared, 0 of them differ", right.Output, StringComparison.Ordinal);
        Assert.Contains($"the checkpoint at 3 differ: the log has {new string('7', digest.Length)}, and the replay {digest}.", wrong.Error, StringComparison.Ordinal);
        Assert.Equal((1, 1, digest), ((int)json.Json["checkpoints"]!, (int)json.Json["differentCheckpoints"]!, (string)json.Json["firstCheckpoints"]![0]!["replayed"]!));
        Assert.Equal(0, (await CliRun.InProcessAsync("replay", scratch["wrong"])).ExitCode);
    }

    /// <summary>After an upgrade the log has digests of checkpoints by the rules of before.</summary>
    [Fact]
    public async Task A_checkpoint_by_other_rules_is_not_compared()
    {
        using var scratch = new ScratchDirectory();
        await WriteAsync(scratch["log"], loggedIndex: 0);
        await CheckpointAsync(scratch["log"], new string('7', 32), "lifecycle/1");

        var run = await CliRun.InProcessAsync("replay", scratch["log"], "--check");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("0 checkpoints compared, 0 of them differ", run.Output, StringComparison.Ordinal);
    }

    private static async Task CheckpointAsync(string directory, string digest, string rules)
    {
        using var log = EventLog.Open(new EventLogOptions { Directory = directory, Chain = s_chain, SegmentSizeBytes = 64 << 10 });
        var batch = new EventBatch(LaneId.Of("checkpoints"));
        batch.Add(new LogEvent.CheckpointTaken(new GlobalSeq(3), Hash256.Parse(digest.PadLeft(64, '0')), rules), RecordMeta.Fact(batch.Lane, 1, default, default));
        await log.AppendAsync(batch, TestContext.Current.CancellationToken);
    }

    private static async Task WriteAsync(string directory, int loggedIndex)
    {
        var chain = s_chain;
        using var log = EventLog.Open(new EventLogOptions { Directory = directory, Chain = chain, SegmentSizeBytes = 64 << 10 });
        var facts = new EventBatch(LaneId.Of("test"));
        facts.Add(new LogEvent.EpochStarted(log.Epoch, chain, "test", new FoldParameters()), RecordMeta.Fact(facts.Lane, 1, default, default));
        facts.Add(Block(), RecordMeta.Fact(facts.Lane, 2, default, default));
        await log.AppendAsync(facts, TestContext.Current.CancellationToken);
        var derived = new EventBatch(DerivedEvents.Lane);
        derived.Add(
            new LogEvent.TxIncluded(SomeTx, SomeBlock, SomeSender, TxState.Unknown, new BlockNumber(7), loggedIndex, ExecutionOutcome.Succeeded),
            RecordMeta.Derived(derived.Lane, new GlobalSeq(2), 0, default));
        await log.AppendAsync(derived, TestContext.Current.CancellationToken);
    }

    private static LogEvent.BlockObserved Block() => new()
    {
        Hash = SomeBlock,
        Number = new BlockNumber(7),
        ParentHash = Hash256.Parse(new string('a', 64)),
        TimestampSeconds = 1_700_000_000,
        BaseFeePerGas = default,
        GasUsed = default,
        GasLimit = default,
        FeeRecipient = default,
        ExcessBlobGas = default,
        BlobGasUsed = default,
        Transactions = [new BlockTx(SomeTx, SomeSender, new Nonce(0), ExecutionOutcome.Succeeded, default, default)],
        AuthorityNonces = [],
    };
}
