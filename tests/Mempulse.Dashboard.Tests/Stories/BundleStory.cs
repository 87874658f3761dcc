using System.Text.Json;
using Mempulse.Grains.Abstractions;
using Mempulse.Grains.Abstractions.Sequencing;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Dashboard.Tests.Stories;

/// <summary>What a sender of bundles puts on the log of a node: bundles of its opportunities, requests to relays, blocks. The node derives the outcomes.</summary>
internal sealed class BundleStory(IGrainFactory grains, JsonElement status)
{
    private const long Millisecond = 1_000_000;

    private static readonly ChainId s_chain = new(1);
    private static readonly LaneId s_lane = LaneId.Of("story");

    private readonly ulong _head = status.GetProperty("fold").GetProperty("headNumber").GetUInt64();
    private readonly Hash256 _headHash = Hash256.Parse(status.GetProperty("fold").GetProperty("headHash").GetString()!);
    private ulong _localSeq;

    /// <summary>The block that the bundles are for.</summary>
    public BlockNumber Target => new(_head + 1);

    /// <summary>The block that took the place of the first bundle.</summary>
    public static Hash256 Block { get; } = Named.Block("target");

    /// <summary>The transaction that took the place of the first bundle.</summary>
    public static Hash256 Rival { get; } = Named.Tx("rival");

    /// <summary>Tells the story of five opportunities: one lost to a competitor, one refused by preflight, one not landed, one landed, one under way.</summary>
    /// <param name="opportunities">Their ids.</param>
    /// <param name="sim">The simulation of the first.</param>
    /// <param name="at">The time of the first event.</param>
    /// <param name="isExamined">Waits until the node has executed the block with the bundle that lost: what is recorded after it counts.</param>
    public async Task TellAsync(IReadOnlyList<Hash256> opportunities, Hash256 sim, UnixNanoseconds at, Func<Task> isExamined)
    {
        var lost = Built("lost", opportunities[0], sim);
        var landed = Built("landed", opportunities[3], sim);
        await AppendAsync(
            (at, lost),
            (Later(at, 3), Started(lost, "titan", 1)),
            (Later(at, 3), Started(lost, "builder-net", 1)),
            (Later(at, 3), Started(lost, "quasar", 1)),
            (Later(at, 24), Answered(lost, "builder-net", 1, ErrorClass.RateLimited, AttemptConsequence.Retry, 429, 21_000)),
            (Later(at, 41), Answered(lost, "titan", 1, ErrorClass.None, AttemptConsequence.Accepted, 200, 38_000)),
            (Later(at, 295), Started(lost, "builder-net", 2, backoff: 271)),
            (Later(at, 339), Answered(lost, "builder-net", 2, ErrorClass.None, AttemptConsequence.Accepted, 200, 44_000)),
            (Later(at, 798), Answered(lost, "quasar", 1, ErrorClass.GatewayTimeout, AttemptConsequence.Unknown, 504, 795_000)));
        var refused = Built("refused", opportunities[1], sim);
        await AppendAsync((at, refused), (Later(at, 1), new LogEvent.AttemptRefused(refused.Bundle, "titan", RelayCommandKind.SendBundle, PreflightRule.UuidNotCanonical, "The uuid has upper-case letters.", IsDryRun: false)));
        var missed = Built("missed", opportunities[2], sim);
        await AppendAsync((at, missed), (Later(at, 2), Started(missed, "titan", 1)), (Later(at, 30), Answered(missed, "titan", 1, ErrorClass.None, AttemptConsequence.Accepted, 200, 28_000)));
        await AppendAsync((at, landed), (Later(at, 2), Started(landed, "titan", 1)), (Later(at, 30), Answered(landed, "titan", 1, ErrorClass.None, AttemptConsequence.Accepted, 200, 28_000)));
        await AppendAsync((Later(at, 9_900), BlockAfterHead(landed)));
        await isExamined();
        await AppendAsync((Later(at, 10_400), Examined(lost)));
        if (opportunities.Count > 4)
        {
            var open = Built("open", opportunities[4], sim) with { Target = new BlockNumber(_head + 2), BaseNumber = Target, Base = Block };
            await AppendAsync((Later(at, 11_000), open), (Later(at, 11_002), Started(open, "titan", 1)), (Later(at, 11_040), Answered(open, "titan", 1, ErrorClass.None, AttemptConsequence.Accepted, 200, 38_000)));
        }
    }

    private static UnixNanoseconds Later(UnixNanoseconds at, long milliseconds) => new(at.Value + (milliseconds * Millisecond));

    private static LogEvent.AttemptStarted Started(LogEvent.BundleBuilt built, string relay, int number, ulong backoff = 0) => new()
    {
        Bundle = built.Bundle, Relay = relay, Command = RelayCommandKind.SendBundle, Number = number, BackoffMilliseconds = backoff, Seed = Named.Tx("seed"), Request = Named.Tx(relay), IsDryRun = false,
    };

    private static LogEvent.RelayAttempt Answered(LogEvent.BundleBuilt built, string relay, int number, ErrorClass errorClass, AttemptConsequence consequence, int status, ulong microseconds) => new()
    {
        Bundle = built.Bundle, Relay = relay, Command = RelayCommandKind.SendBundle, Number = number, Class = errorClass, Consequence = consequence, Status = status, LatencyMicroseconds = microseconds, Detail = string.Empty, IsDryRun = false,
    };

    private LogEvent.BundleBuilt Built(string name, Hash256 opportunity, Hash256 sim) => new()
    {
        Bundle = Named.Tx($"bundle {name}"), Base = _headHash, Sim = sim, Opportunities = [opportunity], BaseNumber = new BlockNumber(_head), Target = Target, Strategy = "backrun-arbitrage", StrategyVersion = 2,
        Content = Named.Tx($"content {name}"), Operator = Named.Account($"operator {name}"), Account = Named.Account("executor"),
        Transactions = [new BundleTx(Named.Tx($"own {name}"), Named.Account($"operator {name}"), new Nonce(3), new Wei(900000000000UL), IsOwn: true, MayRevert: false)],
        GasLimit = new Gas(250_000), BaseFee = new Wei(2000000000UL), Tip = default, Payment = new Wei(23100000000000000UL), PaymentPolicy = "share/1 9000 bps",
        Profit = WeiDelta.Gain(new Wei(31204000000000000UL)), Uuid = "0b3dfd2a-6f0e-4c1c-9d0a-0c9f0c7d8e9f", Sequence = 1, IsSigned = true, IsDryRun = false, Token = Named.Account("ether"),
    };

    private LogEvent.BlockObserved BlockAfterHead(LogEvent.BundleBuilt landed) => new()
    {
        Hash = Block, Number = Target, ParentHash = _headHash, TimestampSeconds = 1_746_612_407, BaseFeePerGas = new Wei(2000000000UL), GasUsed = new Gas(15_000_000), GasLimit = new Gas(36_000_000),
        FeeRecipient = Named.Account("builder"), ExcessBlobGas = default, BlobGasUsed = default, AuthorityNonces = [],
        Transactions =
        [
            new BlockTx(Rival, Named.Account("rival"), new Nonce(1), ExecutionOutcome.Succeeded, new Gas(150_000), default),
            new BlockTx(landed.Transactions[0].Hash, landed.Transactions[0].Sender, landed.Transactions[0].Nonce, ExecutionOutcome.Succeeded, new Gas(200_000), default),
        ],
    };

    private static LogEvent.CompetitionExamined Examined(LogEvent.BundleBuilt lost) => new()
    {
        Bundle = lost.Bundle, Block = Block, Finding = CompetitionFinding.TakenByTransaction, Competitor = Rival, CompetitorIndex = 0, Executions = 8, IsVerified = true,
        ProfitBefore = WeiDelta.Gain(new Wei(31204000000000000UL)), Conflicts = [], WitnessDigest = default, EngineVersion = 1,
        Detail = "Right before index 0 it gains what was simulated; right after it, it reverts.",
    };

    private async Task AppendAsync(params (UnixNanoseconds At, LogEvent Fact)[] facts)
    {
        var batch = new EventBatch(s_lane);
        foreach (var (at, fact) in facts)
        {
            batch.Add(fact, RecordMeta.Fact(s_lane, ++_localSeq, at, default));
        }

        var sequencer = grains.Sequencer(s_chain);
        var answer = await sequencer.Append(batch);
        Assert.Equal(AppendOutcome.Durable, answer.Outcome);
        await sequencer.WaitForFold(answer.Last);
    }
}
