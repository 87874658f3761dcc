using System.Security.Cryptography;
using System.Text;
using Mempulse.Canon;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Tracing.Tests.Stories;

/// <summary>A log on disk that grows by facts, each a second after the one before it.</summary>
internal sealed class TraceStory : IDisposable
{
    public const long Second = 1_000_000_000;
    public const string Lane = "story";

    private readonly string _directory = System.IO.Directory.CreateTempSubdirectory("mempulse-traces-").FullName;
    private EventLog? _log;
    private ulong _local;
    private long _now = 1_700_000_000 * Second;

    public static ChainId Chain => new(1);

    /// <summary>The log's directory.</summary>
    public string Directory => Path.Combine(_directory, "log");

    public EventLog Log => _log ??= EventLog.Open(new EventLogOptions { Directory = Directory, Chain = Chain });

    public static Hash256 Id(string name) => new(SHA256.HashData(Encoding.UTF8.GetBytes(name)));

    /// <summary>The last position.</summary>
    public GlobalSeq Last => Log.Watermark;

    /// <summary>Appends a fact.</summary>
    public TraceStory Fact(LogEvent fact)
    {
        var batch = new EventBatch(LaneId.Of(Lane));
        batch.Add(fact, RecordMeta.Fact(batch.Lane, ++_local, new UnixNanoseconds(_now += Second), default));
        Log.AppendAsync(batch, CancellationToken.None).AsTask().GetAwaiter().GetResult();
        return this;
    }

    public TraceStory Seen(string tx) => Fact(new LogEvent.TxSeen(Named.Tx(tx), SightingVia.HashSubscription));

    public TraceStory Block(ulong number) => Fact(Observed(number));

    public static LogEvent.BlockObserved Observed(ulong number) => new()
    {
        Hash = Named.Block($"{number}"),
        Number = new BlockNumber(number),
        ParentHash = Named.Block($"{number - 1}"),
        TimestampSeconds = 1_700_000_000 + number,
        BaseFeePerGas = new Wei(7),
        GasUsed = new Gas(21_000),
        GasLimit = new Gas(30_000_000),
        FeeRecipient = default,
        ExcessBlobGas = default,
        BlobGasUsed = default,
        Transactions = [],
        AuthorityNonces = [],
    };

    public TraceStory Detects(string opp, string trigger = "swap", bool isHandedOn = true) => Fact(Detected(opp, trigger, isHandedOn));

    public static LogEvent.OppDetected Detected(string opp, string trigger, bool isHandedOn) => new()
    {
        Opp = Id(opp),
        Trigger = Named.Tx(trigger),
        Base = Named.Block("100"),
        BaseNumber = new BlockNumber(100),
        Strategy = "backrun-arbitrage",
        StrategyVersion = 2,
        Registry = Id("registry"),
        Purpose = OppPurpose.Gain,
        Extractor = "mempool/1",
        Scorer = "expected-value/1",
        Urgency = 1,
        Worth = 2,
        Risk = 3,
        Score = 4,
        Value = new Wei(5_000),
        Token = default,
        Input = 10,
        Profit = 5_000,
        IsExact = true,
        IsHandedOn = isHandedOn,
        RankedBelow = 0,
        Legs = [],
    };

    public TraceStory Simulates(string opp, FailureCategory category = FailureCategory.None) => Fact(Simulated(opp, category));

    public static LogEvent.SimCompleted Simulated(string opp, FailureCategory category) => new()
    {
        Sim = Id("sim of " + opp),
        Base = Named.Block("100"),
        Opportunity = Id(opp),
        BaseNumber = new BlockNumber(100),
        Category = category,
        Detail = string.Empty,
        GasUsed = new Gas(200_000),
        CoinbasePayment = WeiDelta.Gain(default),
        Account = default,
        Profit = WeiDelta.Gain(new Wei(4_000)),
        IsVerified = true,
        LogsDigest = default,
        TraceDigest = default,
        WitnessDigest = default,
        EngineVersion = 1,
        RulesVersion = 1,
        Transactions = [],
    };

    public TraceStory Builds(string bundle, ulong target, params string[] opps) => Fact(Built(bundle, target, opps));

    public static LogEvent.BundleBuilt Built(string bundle, ulong target, params string[] opps) => new()
    {
        Bundle = Id(bundle),
        Base = Named.Block($"{target - 1}"),
        Sim = Id("sim of " + bundle),
        Opportunities = [.. opps.Select(Id)],
        BaseNumber = new BlockNumber(target - 1),
        Target = new BlockNumber(target),
        Strategy = "backrun-arbitrage",
        StrategyVersion = 2,
        Content = Id("content of " + bundle),
        Operator = Named.Account("operator"),
        Account = Named.Account("executor"),
        Transactions = [],
        GasLimit = new Gas(600_000),
        BaseFee = new Wei(8),
        Tip = new Wei(1),
        Payment = new Wei(36_000),
        PaymentPolicy = "share/1 9000 bps",
        Profit = WeiDelta.Gain(new Wei(4_000)),
        Uuid = "0b3dfd2a-6f0e-4c1c-9d0a-0c9f0c7d8e9f",
        Sequence = 1,
        IsSigned = true,
        IsDryRun = false,
        Token = default,
    };

    public TraceStory Starts(string bundle, string relay, int number = 1) => Fact(Started(bundle, relay, number));

    public static LogEvent.AttemptStarted Started(string bundle, string relay, int number) => new()
    {
        Bundle = Id(bundle), Relay = relay, Command = RelayCommandKind.SendBundle, Number = number, BackoffMilliseconds = 0, Seed = Id("seed"), Request = Id("request"), IsDryRun = false,
    };

    public TraceStory Answers(string bundle, string relay, int number = 1, ErrorClass found = ErrorClass.None) => Fact(Answered(bundle, relay, number, found));

    public static LogEvent.RelayAttempt Answered(string bundle, string relay, int number, ErrorClass found) => new()
    {
        Bundle = Id(bundle),
        Relay = relay,
        Command = RelayCommandKind.SendBundle,
        Number = number,
        Class = found,
        Consequence = found == ErrorClass.None ? AttemptConsequence.Accepted : AttemptConsequence.Retry,
        Status = found == ErrorClass.None ? 200 : 429,
        LatencyMicroseconds = 40_000,
        Detail = "what the relay said",
        IsDryRun = false,
    };

    public TraceStory Decides(string bundle, ulong number, BundleVerdict verdict = BundleVerdict.Landed) => Fact(Decided(bundle, number, verdict, Last));

    public static LogEvent.BundleOutcome Decided(string bundle, ulong number, BundleVerdict verdict, GlobalSeq evidence) => new()
    {
        Bundle = Id(bundle),
        Block = Named.Block($"{number}"),
        Verdict = verdict,
        Strength = EvidenceStrength.Proof,
        Need = OutcomeNeed.None,
        Number = new BlockNumber(number),
        Index = 0,
        Simulated = WeiDelta.Gain(new Wei(4_000)),
        IsRealisedKnown = true,
        Realised = WeiDelta.Gain(new Wei(4_000)),
        Evidence = [new EvidenceRecord(evidence)],
        Rules = "outcomes/1",
    };

    /// <summary>Blocks up to one with a number.</summary>
    public TraceStory BlocksTo(ulong from, ulong to)
    {
        for (ulong number = from; number <= to; number++)
        {
            Block(number);
        }

        return this;
    }

    /// <summary>The first part: up to what is sent to the first relay.</summary>
    public TraceStory Begins() => Block(100).Seen("swap").Detects("a").Detects("b").Simulates("a").Simulates("b").Builds("bundle", 101, "a", "b").Starts("bundle", "titan");

    /// <summary>The second part: up to the verdict.</summary>
    public TraceStory Ends() => Answers("bundle", "titan", found: ErrorClass.RateLimited).Starts("bundle", "titan", 2).Answers("bundle", "titan", 2).Block(101).Decides("bundle", 101);

    /// <summary>Closes the log, and with it the node.</summary>
    public void Close()
    {
        _log?.Dispose();
        _log = null;
    }

    public void Dispose()
    {
        Close();
        System.IO.Directory.Delete(_directory, recursive: true);
    }
}
