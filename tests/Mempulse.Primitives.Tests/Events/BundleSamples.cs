using Mempulse.Primitives.Events;

namespace Mempulse.Primitives.Tests.Events;

/// <summary>Samples of what is recorded of bundles, their attempts and their outcomes.</summary>
internal static class BundleSamples
{
    /// <summary>Only ever added to: the golden files pin each by its place.</summary>
    public static IReadOnlyList<LogEvent> All { get; } =
    [
        new LogEvent.AccountStateObserved(AddressOf(0x91), HashOf(0x31), new BlockNumber(22_431_080), new Nonce(7), new Wei(2_000_000_000_000_000_000), IsProven: true),
        Built(),
        Built() with { Opportunities = [], Transactions = [], Replaces = null, Profit = WeiDelta.Loss(new Wei(5)), IsSigned = false },
        new LogEvent.BundleStale(HashOf(0x92), HashOf(0x32), BundleEnd.DoesNotPay, WeiDelta.Loss(new Wei(1_000)), null),
        new LogEvent.BundleStale(HashOf(0x92), HashOf(0x32), BundleEnd.Replaced, WeiDelta.Gain(default), HashOf(0x93)),
        new LogEvent.AttemptRefused(HashOf(0x92), "titan", RelayCommandKind.SendBundle, PreflightRule.RefundTooSmall, "The refund is worth 5 wei.", IsDryRun: true),
        new LogEvent.AttemptStarted { Bundle = HashOf(0x92), Relay = "titan", Command = RelayCommandKind.SendBundle, Number = 2, BackoffMilliseconds = 731, Seed = HashOf(0x94), Request = HashOf(0x95), IsDryRun = false },
        Answered(),
        Answered() with { Status = null, Class = ErrorClass.NoAnswer, Consequence = AttemptConsequence.Unknown, Detail = string.Empty, IsDryRun = true },
        new LogEvent.BundleCancelled(HashOf(0x92), BundleEnd.OpportunityEnded, null),
        new LogEvent.BundleCancelled(HashOf(0x92), BundleEnd.Replaced, HashOf(0x93)),
        Delivered(),
        Delivered() with { Subject = RelayDataKind.Received, ReceivedMilliseconds = 1_746_612_310_500 },
        new LogEvent.SlotOutcome(11_649_000, SlotStanding.Full, HashOf(0x31), 3),
        new LogEvent.SlotOutcome(11_649_001, SlotStanding.Missed, null, null),
        Examined(),
        Examined() with { Finding = CompetitionFinding.PaysThroughout, Competitor = null, CompetitorIndex = null, Conflicts = [], ProfitBefore = WeiDelta.Loss(new Wei(9)) },
        Decided(),
        Decided() with { Block = null, Index = null, Relay = "titan", Verdict = BundleVerdict.RefusedByRelay, Strength = EvidenceStrength.Weak, Need = OutcomeNeed.BuilderRecords, IsRealisedKnown = false, Realised = default, By = null, Evidence = [] },
        Decided() with { By = null },
        Decided() with { Block = null },
        new LogEvent.RelayHealthChanged { Relay = "titan", From = BreakerState.Closed, To = BreakerState.Open, WeightBasisPoints = 2_500, Attempts = 40, Accepted = 10, LatencyMicroseconds = 45_000, Rules = "relay-health/1" },
    ];

    private static LogEvent.BundleBuilt Built() => new()
    {
        Bundle = HashOf(0x92),
        Base = HashOf(0x31),
        Sim = HashOf(0x41),
        Opportunities = [HashOf(0x81), HashOf(0x82)],
        BaseNumber = new BlockNumber(22_431_080),
        Target = new BlockNumber(22_431_081),
        Strategy = "backrun-arbitrage",
        StrategyVersion = 2,
        Content = HashOf(0x96),
        Operator = AddressOf(0x91),
        Account = AddressOf(0x97),
        Token = AddressOf(0x99),
        Transactions =
        [
            new BundleTx(HashOf(0x11), AddressOf(0x12), new Nonce(1), new Wei(30_000_000_000), IsOwn: false, MayRevert: true),
            new BundleTx(HashOf(0x98), AddressOf(0x91), new Nonce(7), new Wei(20_000_000_000), IsOwn: true, MayRevert: false),
        ],
        GasLimit = new Gas(650_000),
        BaseFee = new Wei(1_125_000_008),
        Tip = new Wei(1_000_000),
        Payment = new Wei(36_000_000_000_000_000),
        PaymentPolicy = "share/1 9000 bps",
        Profit = WeiDelta.Gain(new Wei(4_000_000_000_000_000)),
        Uuid = "0b3dfd2a-6f0e-4c1c-9d0a-0c9f0c7d8e9f",
        Sequence = 3,
        Replaces = HashOf(0x93),
        IsSigned = true,
        IsDryRun = true,
    };

    private static LogEvent.RelayAttempt Answered() => new()
    {
        Bundle = HashOf(0x92),
        Relay = "titan",
        Command = RelayCommandKind.SendBundle,
        Number = 2,
        Class = ErrorClass.RateLimited,
        Consequence = AttemptConsequence.Retry,
        Status = 429,
        LatencyMicroseconds = 81_250,
        Detail = "too many requests",
        IsDryRun = false,
    };

    private static LogEvent.RelayDataObserved Delivered() => new()
    {
        Block = HashOf(0x31),
        Relay = "ultrasound",
        Subject = RelayDataKind.Delivered,
        Slot = 11_649_000,
        Parent = HashOf(0x30),
        Number = new BlockNumber(22_431_080),
        Builder = "0x" + new string('a', 96),
        FeeRecipient = AddressOf(0x39),
        GasUsed = new Gas(17_000_000),
        Value = new Wei(41_000_000_000_000_000),
        TransactionCount = 200,
    };

    private static LogEvent.CompetitionExamined Examined() => new()
    {
        Bundle = HashOf(0x92),
        Block = HashOf(0x32),
        Finding = CompetitionFinding.TakenByTransaction,
        Competitor = HashOf(0x99),
        CompetitorIndex = 4,
        Executions = 9,
        IsVerified = true,
        ProfitBefore = WeiDelta.Gain(new Wei(4_000_000_000_000_000)),
        Conflicts = [new ContractSlot(AddressOf(0x41), new ObservedSlot(8, 77))],
        WitnessDigest = HashOf(0x44),
        EngineVersion = 1,
        Detail = "The bundle pays before transaction 4 and reverts after it.",
    };

    private static LogEvent.BundleOutcome Decided() => new()
    {
        Bundle = HashOf(0x92),
        Block = HashOf(0x32),
        By = HashOf(0x99),
        Verdict = BundleVerdict.Outcompeted,
        Strength = EvidenceStrength.Proof,
        Need = OutcomeNeed.None,
        Number = new BlockNumber(22_431_081),
        Index = 4,
        Simulated = WeiDelta.Gain(new Wei(4_000_000_000_000_000)),
        IsRealisedKnown = true,
        Realised = WeiDelta.Gain(new Wei(4_000_000_000_000_000)),
        Evidence = [new EvidenceRecord(new GlobalSeq(1_000)), new EvidenceRecord(new GlobalSeq(70_000))],
        Rules = "outcomes/1",
    };

    private static Hash256 HashOf(byte value) => new([.. Enumerable.Repeat(value, Hash256.Size)]);

    private static Address AddressOf(byte value) => new([.. Enumerable.Repeat(value, Address.Size)]);
}
