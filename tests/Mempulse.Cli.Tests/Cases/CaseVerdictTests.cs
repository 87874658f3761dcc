using Mempulse.Cli.Tests.Opportunities;
using Mempulse.Ethereum.Hashing;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Storage.Cases;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Cli.Tests.Cases;

/// <summary>The verdict on a bundle follows from the facts in its case file, and every change of them is named.</summary>
public sealed class CaseVerdictTests : IDisposable
{
    private static readonly Address s_executor = Named.Account("executor");
    private static readonly Address s_ether = Named.Account("wrapped ether");
    private static readonly Hash256 s_bundle = Named.Tx("bundle");

    private readonly ScratchDirectory _scratch = new();

    private string Target => _scratch["case.mpcase"];

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task A_landing_with_its_gain_and_evidence_follows_from_the_facts_alone()
    {
        var content = await ExportAsync(Landed());

        var verified = await CliRun.InProcessAsync("case", "verify", Target, "--json");
        var outcome = content.Records.Select(static record => LogEvent.Decode(new(record.Seq, record.Bytes.Span))).OfType<LogEvent.BundleOutcome>().Last();

        Assert.Equal((BundleVerdict.Landed, EvidenceStrength.Proof), (outcome.Verdict, outcome.Strength));
        Assert.Equal(4_000u, outcome.Realised.Amount.Value.LowUInt64);
        Assert.Equal(outcome.Evidence.Select(static evidence => evidence.Seq), content.Records.Select(static record => record.Seq).Where(seq => outcome.Evidence.Any(evidence => evidence.Seq == seq)));
        Assert.Equal((0, $"BundleOutcome {s_bundle}"), (verified.ExitCode, (string)verified.Json["events"]![0]!));
        Assert.Equal([$"BundleBuilt {s_bundle}"], verified.Json["asLogged"]!.AsArray().Select(static one => (string)one!)); // this log has no store
    }

    [Fact]
    public async Task Every_part_of_a_verdict_and_every_fact_that_it_follows_from_is_compared()
    {
        var content = await ExportAsync(Landed());

        await AssertNamedAsync(content.With<LogEvent.BundleOutcome>(static outcome => outcome with { Verdict = BundleVerdict.Expired }), $"BundleOutcome {s_bundle} verdict");
        await AssertNamedAsync(content.With<LogEvent.BundleOutcome>(static outcome => outcome with { Strength = EvidenceStrength.NotDerivable }), $"BundleOutcome {s_bundle} strength");
        await AssertNamedAsync(content.With<LogEvent.BundleOutcome>(static outcome => outcome with { Evidence = [.. outcome.Evidence.SkipLast(1)] }), $"BundleOutcome {s_bundle} evidence");
        await AssertNamedAsync(content.With<LogEvent.BundleOutcome>(static outcome => outcome with { Realised = outcome.Realised.Amount.Value.IsZero ? outcome.Realised : WeiDelta.Gain(new Wei(5)) }), $"BundleOutcome {s_bundle} realised");
        await AssertNamedAsync(content.With<LogEvent.BundleOutcome>(static outcome => outcome with { Block = Named.Block("other") }), $"BundleOutcome {s_bundle} block");
        await AssertNamedAsync(content.With<LogEvent.BundleOutcome>(static _ => null), $"BundleOutcome {s_bundle}");
        await AssertNamedAsync(content.With<LogEvent.ReceiptsObserved>(static _ => null), $"BundleOutcome {s_bundle}");
        await AssertNamedAsync(content.With<LogEvent.BlockObserved>(static block => block.Hash == Named.Block("target") ? null : block), $"BundleOutcome {s_bundle}");
        await AssertNamedAsync(content.With<LogEvent.BundleBuilt>(static built => built with { Profit = WeiDelta.Gain(new Wei(1)) }), $"BundleOutcome {s_bundle} simulated");
        await AssertNamedAsync(content.With<LogEvent.BundleBuilt>(static _ => null), $"BundleOutcome {s_bundle}");
    }

    [Fact]
    public async Task A_verdict_that_a_reorg_changed_is_reproduced_with_every_one_before_it()
    {
        var story = Landed().Reorg("base").BlockOn("base", "other target");

        var content = await ExportAsync(story);
        var verified = await CliRun.InProcessAsync("case", "verify", Target);

        Assert.Equal((0, "Everything else is reproduced."), (verified.ExitCode, verified.Lines[^1]));
        await AssertNamedAsync(content.With<LogEvent.ReorgDetected>(static _ => null), $"BundleOutcome {s_bundle}");
    }

    /// <summary>A bundle of two transactions leaves in time, is accepted, and is the begin of its target block.</summary>
    private static Scenario Landed()
    {
        var story = new Scenario(new FoldParameters { ConfirmationDepthBlocks = 8 }) { Outcome = ExecutionOutcome.Unknown };
        story.Knows(new ScenarioTx("trigger", "victim", 1)).Knows(new ScenarioTx("own", "operator", 7)).Knows(new ScenarioTx("else", "stranger", 3));
        story.Block("before", "else").Block("base");
        story.Fact(new LogEvent.BundleBuilt
        {
            Bundle = s_bundle,
            Base = Named.Block("base"),
            Sim = Named.Tx("sim"),
            Opportunities = [],
            BaseNumber = story.NumberOf("base"),
            Target = new BlockNumber(story.NumberOf("base").Value + 1),
            Strategy = "backrun-arbitrage",
            StrategyVersion = 1,
            Content = Named.Tx("content"),
            Operator = Named.Account("operator"),
            Account = s_executor,
            Transactions = [new BundleTx(Named.Tx("trigger"), Named.Account("victim"), new Nonce(1), new Wei(100), IsOwn: false, MayRevert: false), new BundleTx(Named.Tx("own"), Named.Account("operator"), new Nonce(7), new Wei(100), IsOwn: true, MayRevert: false)],
            GasLimit = new Gas(600_000),
            BaseFee = new Wei(8),
            Tip = new Wei(1),
            Payment = default,
            PaymentPolicy = "share/1 9000 bps",
            Profit = WeiDelta.Gain(new Wei(4_000)),
            Uuid = "0b3dfd2a-6f0e-4c1c-9d0a-0c9f0c7d8e9f",
            Sequence = 1,
            IsSigned = true,
            IsDryRun = false,
            Token = s_ether,
        });
        story.Fact(new LogEvent.AttemptStarted { Bundle = s_bundle, Relay = "titan", Command = RelayCommandKind.SendBundle, Number = 1, BackoffMilliseconds = 0, Seed = Named.Tx("seed"), Request = Named.Tx("request"), IsDryRun = false });
        story.Fact(new LogEvent.RelayAttempt { Bundle = s_bundle, Relay = "titan", Command = RelayCommandKind.SendBundle, Number = 1, Class = ErrorClass.None, Consequence = AttemptConsequence.Accepted, Status = 200, LatencyMicroseconds = 40_000, Detail = string.Empty, IsDryRun = false });
        story.Seen("unrelated").Block("target", "trigger", "own");
        return story.Fact(new LogEvent.ReceiptsObserved(Named.Block("target"), story.NumberOf("target"), 0, IsVerified: true, [Receipt("trigger"), Receipt("own", Transfer(s_executor, Named.Account("pool"), 100_000), Transfer(Named.Account("pool"), s_executor, 104_000))])
        {
            Continuation = ReceiptsContinuation.Complete,
        });
    }

    private static TxResult Receipt(string tx, params TxLog[] logs) => new(Named.Tx(tx), ExecutionOutcome.Succeeded, new Gas(200_000), logs, 0);

    private static TxLog Transfer(Address from, Address to, ulong amount)
    {
        byte[] data = new byte[UInt256.Size];
        new UInt256(amount, 0, 0, 0).WriteBigEndian(data);
        return new TxLog(s_ether, [Keccak256.Hash("Transfer(address,address,uint256)"u8), TopicOf(from), TopicOf(to)], data);
    }

    private static Hash256 TopicOf(Address account)
    {
        byte[] topic = new byte[Hash256.Size];
        Convert.FromHexString(account.ToString().AsSpan(2), topic.AsSpan(Hash256.Size - Address.Size), out _, out _);
        return new Hash256(topic);
    }

    private async Task<CaseContent> ExportAsync(Scenario story)
    {
        OppLog.Write(_scratch["log"], story);
        var exported = await CliRun.InProcessAsync("case", "export", s_bundle.ToString(), "--data", _scratch["log"], "--out", Target);
        Assert.True(exported.ExitCode == 0, exported.Error);
        return CaseFile.Read(Target);
    }

    private async Task AssertNamedAsync(CaseContent content, string field)
    {
        await File.WriteAllBytesAsync(Target, CaseFile.Encode(content), TestContext.Current.CancellationToken);

        var run = await CliRun.InProcessAsync("case", "verify", Target, "--json");

        Assert.Equal((1, false), (run.ExitCode, (bool)run.Json["reproduced"]!));
        Assert.StartsWith(field, (string)run.Json["field"]!, StringComparison.Ordinal);
    }
}
