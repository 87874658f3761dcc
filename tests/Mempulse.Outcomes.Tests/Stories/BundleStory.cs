using Mempulse.Ethereum.Hashing;
using Mempulse.Folding;
using Mempulse.Outcomes.Bundles;
using Mempulse.Outcomes.Relays;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Events;
using Mempulse.Replay;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Outcomes.Tests.Stories;

/// <summary>A story of bundles: each has the victim's transaction "trigger" and the operator's "own", unless it says otherwise.</summary>
internal sealed class BundleStory
{
    public const ulong Simulated = 4_000;

    public static readonly Address Executor = Named.Account("executor");
    public static readonly Address Ether = Named.Account("wrapped ether");

    private static readonly FoldComposition Composition = FoldComposition.Of(EventCatalog.Core, static _ => OutcomeDerivations.Create());

    public BundleStory(FoldParameters? parameters = null)
    {
        Story = new Scenario(parameters ?? new FoldParameters { ConfirmationDepthBlocks = 8 }, Composition) { Outcome = ExecutionOutcome.Unknown };
        Story.Knows(Trigger).Knows(Own).Knows(new ScenarioTx("rival", "searcher", 5)).Knows(new ScenarioTx("other own", "operator", 7)).Knows(new ScenarioTx("replacement", "victim", 1));
        Story.Block("base");
    }

    public static ScenarioTx Trigger { get; } = new("trigger", "victim", 1);

    public static ScenarioTx Own { get; } = new("own", "operator", 7);

    public Scenario Story { get; }

    public IBundleView View => Story.Engine.View<IBundleView>();

    public IRelayView Relays => Story.Engine.View<IRelayView>();

    public static Hash256 Id(string bundle) => Keccak256.Hash(System.Text.Encoding.UTF8.GetBytes(bundle));

    public BundleStanding Of(string bundle) => View.TryGet(Id(bundle), out var standing) ? standing : throw new InvalidOperationException($"{bundle} is not held.");

    public LogEvent.BundleOutcome? Outcome(string bundle = "b") => Of(bundle).Outcome;

    /// <summary>The verdict with its strength and what it needs.</summary>
    public (BundleVerdict Verdict, EvidenceStrength Strength, OutcomeNeed Need) Verdict(string bundle = "b") =>
        Outcome(bundle) is { } outcome ? (outcome.Verdict, outcome.Strength, outcome.Need) : (BundleVerdict.Open, default, default);

    public static BundleTx Leg(ScenarioTx tx, bool mayRevert = false) =>
        new(Named.Tx(tx.Name), Named.Account(tx.Sender), new Nonce(tx.Nonce), new Wei(tx.Fee), tx.Sender == "operator", mayRevert);

    public static LogEvent.BundleBuilt Built(string bundle = "b", ulong target = 101) => new()
    {
        Bundle = Id(bundle),
        Base = Named.Block("base"),
        Sim = Id("sim of " + bundle),
        Opportunities = [Id("opp")],
        BaseNumber = new BlockNumber(100),
        Target = new BlockNumber(target),
        Strategy = "backrun-arbitrage",
        StrategyVersion = 1,
        Content = Id("content of " + bundle),
        Operator = Named.Account("operator"),
        Account = Executor,
        Transactions = [Leg(Trigger), Leg(Own)],
        GasLimit = new Gas(600_000),
        BaseFee = new Wei(8),
        Tip = new Wei(1),
        Payment = new Wei(36_000),
        PaymentPolicy = "share/1 9000 bps",
        Profit = WeiDelta.Gain(new Wei(Simulated)),
        Uuid = "0b3dfd2a-6f0e-4c1c-9d0a-0c9f0c7d8e9f",
        Sequence = 1,
        IsSigned = true,
        IsDryRun = false,
        Token = Ether,
    };

    public BundleStory Builds(LogEvent.BundleBuilt? built = null)
    {
        Story.Fact(built ?? Built());
        return this;
    }

    public BundleStory Starts(string relay = "titan", string bundle = "b", int number = 1, bool isDryRun = false, RelayCommandKind command = RelayCommandKind.SendBundle)
    {
        Story.Fact(new LogEvent.AttemptStarted { Bundle = Id(bundle), Relay = relay, Command = command, Number = number, BackoffMilliseconds = 0, Seed = Id("seed"), Request = Id("request"), IsDryRun = isDryRun });
        return this;
    }

    public BundleStory Answers(
        AttemptConsequence consequence,
        string relay = "titan",
        string bundle = "b",
        int number = 1,
        ErrorClass found = ErrorClass.None,
        bool isDryRun = false,
        RelayCommandKind command = RelayCommandKind.SendBundle,
        ulong latency = 40_000)
    {
        Story.Fact(new LogEvent.RelayAttempt
        {
            Bundle = Id(bundle),
            Relay = relay,
            Command = command,
            Number = number,
            Class = found,
            Consequence = consequence,
            Status = 200,
            LatencyMicroseconds = latency,
            Detail = string.Empty,
            IsDryRun = isDryRun,
        });
        return this;
    }

    /// <summary>A request leaves and is answered.</summary>
    public BundleStory Sends(AttemptConsequence consequence = AttemptConsequence.Accepted, string relay = "titan", string bundle = "b", int number = 1, ErrorClass found = ErrorClass.None) =>
        Starts(relay, bundle, number).Answers(consequence, relay, bundle, number, found);

    public BundleStory Refuses(PreflightRule rule, string relay = "titan", string bundle = "b")
    {
        Story.Fact(new LogEvent.AttemptRefused(Id(bundle), relay, RelayCommandKind.SendBundle, rule, "It does.", IsDryRun: false));
        return this;
    }

    public BundleStory Block(string name, params string[] txs)
    {
        Story.Block(name, txs);
        return this;
    }

    /// <summary>The receipts of a block, of which the one of "own" has the logs of a landing with this gain.</summary>
    public BundleStory Receipts(string block, string[] txs, bool isVerified = true, ulong gain = Simulated, string? failing = null, int omitted = 0)
    {
        Story.Fact(new LogEvent.ReceiptsObserved(Named.Block(block), Story.NumberOf(block), 0, isVerified, [.. txs.Select(tx => Receipt(tx, gain, tx == failing, tx == "own" ? omitted : 0))])
        {
            Continuation = ReceiptsContinuation.Complete,
        });
        return this;
    }

    public static TxResult Receipt(string tx, ulong gain, bool fails = false, int omitted = 0) => new(
        Named.Tx(tx), fails ? ExecutionOutcome.Reverted : ExecutionOutcome.Succeeded, new Gas(200_000), tx == "own" && !fails ? Landing(gain) : [], omitted);

    /// <summary>100,000 of wrapped ether go in, the gain and the payment come out with them, the payment is unwrapped.</summary>
    public static TxLog[] Landing(ulong gain) =>
    [
        Transfer(Ether, Executor, Named.Account("pool"), 100_000),
        Transfer(Named.Account("token"), Named.Account("pool"), Executor, 5),
        Transfer(Ether, Named.Account("second pool"), Executor, 100_000 + gain + 36_000),
        Log(Ether, "Withdrawal(address,uint256)", [Executor], 36_000),
    ];

    public static TxLog Transfer(Address token, Address from, Address to, ulong amount) => Log(token, "Transfer(address,address,uint256)", [from, to], amount);

    public static TxLog Log(Address account, string signature, Address[] topics, ulong amount)
    {
        byte[] data = new byte[UInt256.Size];
        new UInt256(amount, 0, 0, 0).WriteBigEndian(data);
        return new TxLog(account, [Keccak256.Hash(System.Text.Encoding.UTF8.GetBytes(signature)), .. topics.Select(TopicOf)], data);
    }

    public BundleStory Examines(CompetitionFinding finding, string block, string? competitor = null, bool isVerified = true, string bundle = "b")
    {
        Story.Fact(new LogEvent.CompetitionExamined
        {
            Bundle = Id(bundle),
            Block = Named.Block(block),
            Finding = finding,
            Competitor = competitor is null ? null : Named.Tx(competitor),
            CompetitorIndex = competitor is null ? null : 1,
            Executions = 3,
            IsVerified = isVerified,
            ProfitBefore = WeiDelta.Gain(new Wei(Simulated)),
            Conflicts = [],
            WitnessDigest = default,
            EngineVersion = 1,
            Detail = "It was executed.",
        });
        return this;
    }

    public BundleStory Claims(string block, string relay = "ultra")
    {
        Story.Fact(new LogEvent.RelayDataObserved
        {
            Block = Named.Block(block),
            Relay = relay,
            Subject = RelayDataKind.Delivered,
            Slot = 1,
            Parent = Named.Block("base"),
            Number = Story.NumberOf(block),
            Builder = "0x" + new string('a', 96),
            FeeRecipient = Named.Account("builder"),
            GasUsed = new Gas(21_000),
            Value = new Wei(1),
            TransactionCount = 1,
        });
        return this;
    }

    /// <summary>A restart at every record, and a replay without one, give the same state, events and answers.</summary>
    public void AssertReplays()
    {
        var straight = Composition.Create(Scenario.Chain);
        for (ulong seq = 1; seq <= Story.Log.Last.Value; seq++)
        {
            straight.Apply(Story.Log.At(new GlobalSeq(seq)));
            var saved = new ByteBuffer();
            straight.SaveCheckpoint(saved);
            var restored = Composition.Restore(Scenario.Chain, saved.WrittenSpan);
            restored.AssertInvariants();
            restored.Apply(Story.Log.ScanAfter(restored.Applied));
            AssertSame(restored);
        }

        AssertSame(straight);
    }

    private void AssertSame(ReplayEngine engine)
    {
        Assert.Equal((Story.Engine.Digest(), 0UL), (engine.Digest(), engine.DivergenceCount));
        engine.AssertInvariants();
        Assert.Equal(Told(Story.Engine), Told(engine));
    }

    private static string[] Told(ReplayEngine engine)
    {
        var (bundles, relays) = (engine.View<IBundleView>(), engine.View<IRelayView>());
        return
        [
            bundles.Counts.ToString(),
            .. bundles.Latest(100).Select(static bundle => bundle.Built.Bundle + " " + bundle.Outcome?.Verdict + " " + bundle.TargetBlock + " " + string.Join(';', bundle.Requests)),
            .. bundles.ToSend(100).Select(static bundle => "send " + bundle.Built.Bundle),
            .. bundles.ToExamine(100).Select(static bundle => "examine " + bundle.Built.Bundle),
            .. relays.Relays().Select(static relay => relay.ToString()),
        ];
    }

    private static Hash256 TopicOf(Address account)
    {
        byte[] bytes = new byte[Hash256.Size];
        account.CopyTo(bytes.AsSpan(Hash256.Size - Address.Size));
        return new Hash256(bytes);
    }
}
