using Mempulse.Canon;
using Mempulse.Canon.Snapshots;
using Mempulse.Folding.Checkpoints;
using Mempulse.Folding.Replays;
using Mempulse.Primitives;
using Mempulse.Primitives.Audits;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;
using Mempulse.Replay.Audits;
using Mempulse.Testing.Scenarios;
using Mempulse.Testing.SimulatedDisk;

namespace Mempulse.Folding.Tests.Replays;

/// <summary>Audits of blocks that the fold no longer keeps, derived from a log of 150 heights, of which one is missing and one has two blocks.</summary>
public sealed class AuditReplayTests : IDisposable
{
    private const ulong Heights = 150;
    private const ulong Missing = 60;
    private const ulong Twice = 20;
    private const ulong SlotSeconds = 12;
    private const ulong StartSeconds = 1_700_000_000;

    private static readonly Func<EventLogOptions, EventLog> _open = EventLog.Open;

    private readonly SimulatedFileSystem _disk = new(seed: 1);
    private readonly EventLog _log;
    private readonly LaneId _lane = LaneId.Of("test");
    private ulong _records;
    private readonly ulong _at = StartSeconds;

    public AuditReplayTests()
    {
        _log = _open(new EventLogOptions { Directory = "/log", Chain = Scenario.Chain, Files = _disk, SegmentSizeBytes = 1 << 20 });
        Append(new LogEvent.EpochStarted(_log.Epoch, Scenario.Chain, "test", new FoldParameters()));
        Append(new LogEvent.SourceConnected("alpha", "test", "ws://127.0.0.1", Scenario.Chain, "geth", IsSynthetic: false));
        string head = "genesis";
        for (ulong number = 1; number <= Heights; number++)
        {
            _at = StartSeconds + (number * SlotSeconds) - 10;
            Append(new LogEvent.TxSeen(Named.Tx($"t{number}"), SightingVia.HashSubscription));
            Append(new ScenarioTx($"t{number}", $"s{number}", 0) { Fee = 1_000, Tip = 10 }.Decoded());
            _at = StartSeconds + (number * SlotSeconds) + 2;
            if (number == Twice)
            {
                Append(Block(number, head, "fork", []));
                Append(new LogEvent.ReorgDetected(Named.Block($"b{number}"), Named.Block("fork"), Named.Block(head), new BlockNumber(number - 1), 1));
            }

            if (number == Missing)
            {
                Append(new LogEvent.ChainGap(new BlockNumber(number), new BlockNumber(number), "missed"));
            }

            if (number != Missing)
            {
                Append(Block(number, number == Missing + 1 ? "unknown" : head, $"b{number}", [number]));
                head = $"b{number}";
            }
        }
    }

    private CheckpointStore Checkpoints => new(Scenario.Chain, FoldComposition.Default, new SnapshotStore(_disk, "/checkpoints"));

    public void Dispose() => _log.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(19)]
    [InlineData(Twice)]
    [InlineData(Missing - 1)]
    [InlineData(Missing + 1)]
    [InlineData(Heights)]
    public void The_audit_of_any_height_is_that_of_the_fold_at_the_position_of_the_answer(ulong number)
    {
        var reading = Run(null, number);

        var audit = reading.Audit!;
        Assert.Equal((number, Named.Block($"b{number}")), (audit.Number.Value, audit.Hash));
        Assert.Equal(AuditClass.Found, Assert.Single(audit.Actual).Class);
        Assert.Equal(Lines(At(reading.AsOf, audit.Hash)), Lines(audit));
        Assert.Equal(Lines(audit), Lines(Run(audit.Hash, null).Audit!));
    }

    [Fact]
    public void A_block_that_left_the_chain_is_found_by_its_hash()
    {
        var reading = Run(Named.Block("fork"), null);

        Assert.Equal((Twice, Named.Block("fork")), (reading.Audit!.Number.Value, reading.Audit.Hash));
        Assert.Contains(reading.Kept, static block => block.Hash == Named.Block($"b{Twice}"));
    }

    [Fact]
    public void Later_blocks_that_can_change_the_audit_are_folded_and_no_more()
    {
        var reading = Run(null, 5);

        int later = reading.Kept.TakeWhile(static block => block.Number.Value > 5).Count();
        Assert.True(later >= AuditReplay.Following);
        Assert.True(reading.AsOf < _log.Reader.Watermark);
    }

    [Fact]
    public void The_head_is_that_at_the_end_of_the_log() => Assert.Equal(Heights, Run(null, null).Audit!.Number.Value);

    [Fact]
    public void A_height_that_the_log_does_not_have_is_answered_with_its_neighbours()
    {
        var missing = Run(null, Missing);
        var beyond = Run(null, Heights + 1);
        var unknown = Run(Named.Block("unknown block"), null);

        Assert.Equal((null, (ulong?)(Missing - 1), (ulong?)(Missing + 1)), (missing.Audit, missing.Before?.Value, missing.After?.Value));
        Assert.Equal((null, (ulong?)Heights, null), (beyond.Audit, beyond.Before?.Value, beyond.After?.Value));
        Assert.Equal((null, GlobalSeq.None), (unknown.Audit, unknown.SeenIn));
    }

    [Fact]
    public void Work_beyond_the_limit_is_not_begun()
    {
        var reading = new AuditReplay(_log.Reader, Checkpoints).Run(null, new BlockNumber(100), mostEvents: 100, TestContext.Current.CancellationToken);

        Assert.Null(reading.Audit);
        Assert.Equal(reading.SeenIn.Value, reading.Needed);
    }

    private static IEnumerable<string> Lines(BlockAudit audit) =>
        audit.Actual.Concat(audit.Expected).Select(static tx => (tx with { Arrivals = [] }).ToString()).Prepend((audit with { Sources = [], Gaps = [], Actual = [], Expected = [] }).ToString());

    private AuditReading Run(Hash256? block, ulong? number) =>
        new AuditReplay(_log.Reader, Checkpoints).Run(block, number is { } height ? new BlockNumber(height) : null, ulong.MaxValue, TestContext.Current.CancellationToken);

    private BlockAudit At(GlobalSeq seq, Hash256 block)
    {
        using var replay = LogReplay.Open(_log.Reader, Checkpoints, GlobalSeq.None);
        replay.RunTo(seq, TestContext.Current.CancellationToken);
        return replay.Engine.Audits.Find(block)!;
    }

    private void Append(LogEvent fact)
    {
        var batch = new EventBatch(_lane);
        batch.Add(fact, RecordMeta.Fact(_lane, ++_records, new UnixNanoseconds((long)_at * 1_000_000_000), SourceId.Of("alpha")));
        _log.AppendAsync(batch, CancellationToken.None).AsTask().GetAwaiter().GetResult();
    }

    private static LogEvent.BlockObserved Block(ulong number, string parent, string name, ulong[] txs) => new()
    {
        Hash = Named.Block(name),
        Number = new BlockNumber(number),
        ParentHash = Named.Block(parent),
        TimestampSeconds = StartSeconds + (number * SlotSeconds),
        BaseFeePerGas = new Wei(50),
        GasUsed = new Gas(21_000),
        GasLimit = new Gas(30_000_000),
        FeeRecipient = default,
        ExcessBlobGas = default,
        BlobGasUsed = default,
        Transactions = [.. txs.Select(static tx => new BlockTx(Named.Tx($"t{tx}"), Named.Account($"s{tx}"), new Nonce(0), ExecutionOutcome.Succeeded, new Gas(21_000), default))],
        AuthorityNonces = [],
    };
}
