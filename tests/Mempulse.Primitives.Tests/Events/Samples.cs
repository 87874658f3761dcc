using Mempulse.Primitives.Events;

namespace Mempulse.Primitives.Tests.Events;

/// <summary>Events with fixed content, at least one of each kind, whose bytes the golden file pins. Add samples, never change them.</summary>
internal static class Samples
{
    private static readonly UInt256 Wide = new(1, 2, 3, 4);

    private static readonly Authorization[] Tuples =
    [
        new(new ChainId(0), AddressOf(0x71), AddressOf(0x72), new Nonce(0)),
        new(new ChainId(1), AddressOf(0x73), AddressOf(0x74), new Nonce(ulong.MaxValue)),
    ];

    private static readonly NormalizedTx SetCode = new()
    {
        Type = TxType.SetCode,
        ChainId = new ChainId(1),
        Nonce = new Nonce(300),
        GasLimit = new Gas(100_000),
        Recipient = AddressOf(0x21),
        Value = new Wei(Wide),
        MaxFeePerGas = new Wei(30_000_000_000),
        MaxPriorityFeePerGas = new Wei(2_000_000_000),
        MaxFeePerBlobGas = new Wei(7),
        BlobCount = 6,
        InputLength = 68,
        Selector = 0xa9059cbb,
        AuthorizationList = Tuples,
        RawBytes = new byte[] { 0x04, 0xc0 },
    };

    private static readonly NormalizedTx Creation = SetCode with
    {
        Type = TxType.Legacy,
        Recipient = null,
        Selector = null,
        AuthorizationList = default,
        RawBytes = Array.Empty<byte>(),
    };

    /// <summary>All of them, in the order of the golden file.</summary>
    public static IReadOnlyList<LogEvent> All { get; } =
    [
        new LogEvent.TxSeen(HashOf(0x11), SightingVia.HashSubscription),
        new LogEvent.TxDecoded(HashOf(0x11), AddressOf(0x12), SetCode),
        new LogEvent.TxDecoded(HashOf(0x11), AddressOf(0x12), Creation),
        new LogEvent.TxIngestDropped(HashOf(0x11), DropReason.QueueFull, "rpc", "decode", 1024, 4096, 70_000, HashOf(0x12), "the queue is full", new byte[] { 0x7f, 0x00 }),
        new LogEvent.BlockIngestDropped(HashOf(0x31), DropReason.InvalidProtocol, new BlockNumber(22_431_080), "the parent does not match"),
        new LogEvent.SourceConnected("alpha", "rpc", "ws://127.0.0.1:8545", new ChainId(1), "anvil/1.7.1", IsSynthetic: true),
        new LogEvent.SourceLost("alpha", SourceLossReason.Silent, "nothing for 30 s"),
        Block(),
        new LogEvent.ReorgDetected(HashOf(0x31), HashOf(0x32), HashOf(0x33), new BlockNumber(22_431_078), 2),
        new LogEvent.ChainGap(new BlockNumber(5), new BlockNumber(70_000), "the source was silent"),
        new LogEvent.AccountNonceObserved(AddressOf(0x12), new Nonce(255)),
        new LogEvent.TxStateChanged(HashOf(0x11), AddressOf(0x12), TxState.Seen, TxState.Pending, HashOf(0x13)),
        new LogEvent.TxStateChanged(HashOf(0x11), AddressOf(0x12), TxState.Seen, TxState.Queued, null),
        new LogEvent.TxReplaced(HashOf(0x11), AddressOf(0x12), TxState.Pending, HashOf(0x13), new Nonce(65_535), ByInclusion: true),
        new LogEvent.TxIncluded(HashOf(0x11), HashOf(0x31), AddressOf(0x12), TxState.Pending, new BlockNumber(22_431_080), 200, ExecutionOutcome.Reverted),
        new LogEvent.TxReopened(HashOf(0x11), HashOf(0x31), AddressOf(0x12), new BlockNumber(22_431_080), TxState.Pending),
        new LogEvent.TxConfirmed(HashOf(0x11), HashOf(0x31), AddressOf(0x12), new BlockNumber(22_431_080)),
        new LogEvent.TxExpired(HashOf(0x11), TxState.Queued, 10_800),
        new LogEvent.EpochStarted(new Epoch(7), new ChainId(1), "node-1", new FoldParameters { ExpirySeconds = 60, FeeBumpPercent = 11, FeeBumpRule = FeeBumpRule.ExactFraction }),
        new LogEvent.CheckpointTaken(new GlobalSeq(1_000_000), HashOf(0x51), "1.0"),
        new LogEvent.PeerConnected(HashOf(0x61), "peer:6161", "p2p", "Geth/v1.16.7", 69, "127.0.0.1:30303", IsInbound: true),
        new LogEvent.PeerLost(HashOf(0x61), "peer:6161", SourceLossReason.Closed, 4, IsByPeer: true, "too many peers"),
        Simulated(),
        Simulated() with { Opportunity = null, FailedIndex = null, Category = FailureCategory.None, Profit = WeiDelta.Gain(new Wei(Wide)), Transactions = [] },
        new LogEvent.SimBaseMoved(HashOf(0x41), HashOf(0x31), SimBaseStanding.Left),
        Simulated() with { StepsDigest = HashOf(0x45) },
        Block() with { Transactions = [new BlockTx(HashOf(0x11), AddressOf(0x12), new Nonce(1), ExecutionOutcome.Unknown, default, default)] },
        new LogEvent.TxIncluded(HashOf(0x11), HashOf(0x31), AddressOf(0x12), TxState.Pending, new BlockNumber(22_431_080), 200, ExecutionOutcome.Unknown),
        new LogEvent.ReceiptsObserved(
            HashOf(0x31),
            new BlockNumber(22_431_080),
            1,
            IsVerified: true,
            [
                new TxResult(HashOf(0x11), ExecutionOutcome.Succeeded, new Gas(52_000), [new TxLog(AddressOf(0x22), [HashOf(0x23), HashOf(0x24)], new byte[] { 1, 2, 3 })], 7),
                new TxResult(HashOf(0x13), ExecutionOutcome.Reverted, new Gas(21_000), [], 0),
                new TxResult(HashOf(0x15), ExecutionOutcome.Unknown, new Gas(21_000), [new TxLog(AddressOf(0x22), [], default)], 0),
            ]),
        new LogEvent.TxOutcomeKnown(
            HashOf(0x11), HashOf(0x31), AddressOf(0x12), new BlockNumber(22_431_080), ExecutionOutcome.Unknown, ExecutionOutcome.Reverted, new Gas(21_000), IsVerified: true),
        new LogEvent.PeerDialFailed(HashOf(0x61), "peer:6161", "p2p", "127.0.0.1:30303", DialFailureReason.WrongGenesis, "The node has another block 0."),
        new LogEvent.DamageFound("00000000000000000001-0000000001.wal", 5_000, new GlobalSeq(11), new GlobalSeq(20), "payload CRC 0000000a", "0000000b"),
        new LogEvent.TxIngestDropped(HashOf(0x11), DropReason.LogUnavailable, "rpc", "log", 0, 0, 731, HashOf(0x13), "The disk is full.", default) { SpanNanoseconds = 20_000_000_000 },
        Block() with { Unverified = UnverifiedParts.Transactions | UnverifiedParts.Header },
        new LogEvent.EpochStarted(new Epoch(8), new ChainId(1), "node-1", new FoldParameters { FeeBumpPercent = 12 }),
        new LogEvent.FinalityViolated(HashOf(0x31), new BlockNumber(3), HashOf(0x32), new BlockNumber(22_431_080), null, null, "begun anew"),
        new LogEvent.FinalityViolated(HashOf(0x31), new BlockNumber(300), HashOf(0x32), new BlockNumber(301), HashOf(0x33), new BlockNumber(200), "deep"),
        new LogEvent.TxLeft(HashOf(0x11), LeavingVia.PoolContent),
        new LogEvent.TxVanished(HashOf(0x11), TxState.Pending, 2),
        new LogEvent.TxReturned(HashOf(0x11), TxState.Queued),
        new LogEvent.ReceiptsObserved(
            HashOf(0x31),
            new BlockNumber(22_431_080),
            1,
            IsVerified: true,
            [new TxResult(HashOf(0x11), ExecutionOutcome.Succeeded, new Gas(52_000), [new TxLog(AddressOf(0x22), [HashOf(0x23)], new byte[] { 1, 2 }) { OmittedBytes = 70_000 }], 0)])
        {
            Continuation = ReceiptsContinuation.Logs,
            FirstLog = 300,
        },
        new LogEvent.RulesLoaded(RuleSet.Registry, HashOf(0x71), 627_058, "mempulse.json"),
        new LogEvent.DecodeGraded(HashOf(0x11), HashOf(0x31), AddressOf(0x12), "uniswap-v2-router", "swap(uint256)", GradeVerdict.Disagrees, TradePart.AmountOut, WasCertain: true),
        new LogEvent.PoolObserved(HashOf(0x31), new BlockNumber(22_431_080), AddressOf(0x81), default, IsProven: true, [new ObservedSlot(8, UInt256.MaxValue), new ObservedSlot(UInt256.MaxValue, UInt256.Zero)]),
        new LogEvent.StateDivergence(HashOf(0x31), new BlockNumber(22_431_080), AddressOf(0x81), HashOf(0x82), DivergenceCause.StorageMutated, new ObservedSlot(8, 1_000), 999),
        Opportunity(),
        new LogEvent.OppInvalidated(HashOf(0x81), HashOf(0x11), OppEnd.PoolMoved, HashOf(0x32)),
        new LogEvent.OppReopened(HashOf(0x81), HashOf(0x11), OppEnd.PoolMoved, IsHandedOn: true),
        new LogEvent.OppExpired(HashOf(0x81), HashOf(0x11), OppEnd.TooOld),
        Opportunity() with { Before = [HashOf(0x15), HashOf(0x13)] },
        new LogEvent.OppInvalidated(HashOf(0x81), HashOf(0x11), OppEnd.Overtaken, HashOf(0x13)) { Rules = Rules, Registry = HashOf(0x71) },
        new LogEvent.OppReopened(HashOf(0x81), HashOf(0x11), OppEnd.PoolMoved, IsHandedOn: true) { Rules = Rules, Registry = HashOf(0x71) },
        new LogEvent.OppExpired(HashOf(0x81), HashOf(0x11), OppEnd.TooOld) { Rules = Rules, Registry = HashOf(0x71) },
        new LogEvent.TokenJudged(HashOf(0x11), HashOf(0x31), AddressOf(0x21), TokenConduct.KeepsShare, 3),
        new LogEvent.MarketObserved(HashOf(0x31), new BlockNumber(22_431_080), AddressOf(0x83), AddressOf(0x84), IsProven: true, [new ContractSlot(AddressOf(0x85), new ObservedSlot(53, 7))], [new ObservedPrice(AddressOf(0x21), 3_500_00000000, AddressOf(0x86)), new ObservedPrice(AddressOf(0x22), 1, default)]),
        new LogEvent.MarketObserved(HashOf(0x31), new BlockNumber(22_431_081), AddressOf(0x87), default, IsProven: true, [], [new ObservedPrice(AddressOf(0x21), 1_00000000, AddressOf(0x86))]) { Answers = [HashOf(0x88), HashOf(0x89)] },
        .. BundleSamples.All,
    ];

    private const string Rules = "backrun-arbitrage/1 mempool/1 expected-value/1";

    private static LogEvent.OppDetected Opportunity() => new()
    {
        Opp = HashOf(0x81),
        Trigger = HashOf(0x11),
        Base = HashOf(0x31),
        BaseNumber = new BlockNumber(22_000_000),
        Strategy = "backrun-arbitrage",
        StrategyVersion = 1,
        Registry = HashOf(0x71),
        Purpose = OppPurpose.Gain,
        Extractor = "mempool/1",
        Scorer = "expected-value/1",
        Urgency = 2_500,
        Worth = 40_000_000,
        Risk = -3,
        Score = 45_000_000,
        Value = new Wei(40_000_000_000_000_000),
        Token = AddressOf(0x21),
        Input = 1_000_000_000_000_000_000,
        Profit = 40_000_000_000_000_000,
        IsExact = true,
        SaferMinimum = 7,
        IsHandedOn = true,
        RankedBelow = 4,
        Legs =
        [
            new OppLeg(AddressOf(0x41), default, AddressOf(0x21), AddressOf(0x22), 1_000_000_000_000_000_000, 2_000),
            new OppLeg(AddressOf(0x42), HashOf(0x43), AddressOf(0x22), AddressOf(0x21), 2_000, 1_040_000_000_000_000_000),
        ],
    };

    private static LogEvent.BlockObserved Block() => new()
    {
        Hash = HashOf(0x31),
        Number = new BlockNumber(22_431_080),
        ParentHash = HashOf(0x30),
        TimestampSeconds = 1_746_612_311,
        BaseFeePerGas = new Wei(1_000_000_007),
        GasUsed = new Gas(21_000),
        GasLimit = new Gas(36_000_000),
        FeeRecipient = AddressOf(0x39),
        ExcessBlobGas = new Gas(131_072),
        BlobGasUsed = new Gas(393_216),
        Transactions =
        [
            new BlockTx(HashOf(0x11), AddressOf(0x12), new Nonce(1), ExecutionOutcome.Succeeded, new Gas(21_000), default),
            new BlockTx(HashOf(0x13), AddressOf(0x14), new Nonce(2), ExecutionOutcome.Reverted, default, Tuples),
        ],
        AuthorityNonces = [new AccountNonce(AddressOf(0x71), new Nonce(1))],
    };

    private static LogEvent.SimCompleted Simulated() => new()
    {
        Sim = HashOf(0x41),
        Base = HashOf(0x31),
        Opportunity = HashOf(0x40),
        BaseNumber = new BlockNumber(22_431_080),
        Category = FailureCategory.Revert,
        FailedIndex = 1,
        Detail = "UniswapV2: K",
        GasUsed = new Gas(150_000),
        CoinbasePayment = WeiDelta.Gain(new Wei(300_000_000_000_000)),
        Account = AddressOf(0x12),
        Profit = WeiDelta.Loss(new Wei(1_000_000_000)),
        IsVerified = true,
        LogsDigest = HashOf(0x42),
        TraceDigest = HashOf(0x43),
        WitnessDigest = HashOf(0x44),
        EngineVersion = 1,
        RulesVersion = 1,
        Transactions = [HashOf(0x11), HashOf(0x13)],
    };

    private static Hash256 HashOf(byte value) => new([.. Enumerable.Repeat(value, Hash256.Size)]);

    private static Address AddressOf(byte value) => new([.. Enumerable.Repeat(value, Address.Size)]);
}
