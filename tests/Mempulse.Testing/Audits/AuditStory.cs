using Mempulse.Folding;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;
using Mempulse.Replay;
using Mempulse.Replay.Audits;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Testing.Audits;

/// <summary>A log of sources, transactions and blocks, and the audits of its blocks. Times are milliseconds; block n has the timestamp of second 12 n and arrives two seconds later.</summary>
public sealed class AuditStory
{
    public const long SlotMilliseconds = 12_000;
    public const long ArrivalMilliseconds = 2_000;

    private const long StartSeconds = 1_700_000_000;
    private const long NanosecondsPerMillisecond = 1_000_000;

    private readonly SortedDictionary<string, ulong> _localSeqs = [];
    private readonly SortedDictionary<string, (string Lane, bool IsSource)> _sources = [];

    public AuditStory() => Fact(0, "writer", string.Empty, new LogEvent.EpochStarted(new Epoch(1), Scenario.Chain, "test", new FoldParameters()));

    public ScenarioLog Log { get; } = new();

    public ReplayEngine Engine { get; } = FoldComposition.Of(EventCatalog.Core, static _ => []).Create(Scenario.Chain);

    /// <summary>Base fee of the next blocks.</summary>
    public ulong BaseFee { get; set; } = 50;

    /// <summary>Gas that the next blocks can use.</summary>
    public ulong GasLimit { get; set; } = 1_000_000;

    /// <summary>What the next blocks say of their transactions.</summary>
    public ExecutionOutcome Outcome { get; set; } = ExecutionOutcome.Succeeded;

    /// <summary>The height of the last block.</summary>
    public ulong Head { get; private set; }

    /// <summary>The name of the last block.</summary>
    public string HeadName { get; private set; } = "genesis";

    /// <summary>When the slot of a block begins.</summary>
    public static long SlotOf(ulong number) => (long)number * SlotMilliseconds;

    public AuditStory Connect(long at, params string[] sources)
    {
        foreach (string source in sources)
        {
            _sources[source] = ("rpc", true);
            Fact(at, "rpc", source, new LogEvent.SourceConnected(source, "rpc", "ws://127.0.0.1", Scenario.Chain, "geth", IsSynthetic: false));
        }

        return this;
    }

    public AuditStory ConnectPeers(long at, params string[] peers)
    {
        foreach (string peer in peers)
        {
            _sources[peer] = ("p2p", false);
            Fact(at, "p2p", peer, new LogEvent.PeerConnected(Named.Tx(peer), peer, "p2p", "Geth/v1", 69, "127.0.0.1:30303", IsInbound: true));
        }

        return this;
    }

    public AuditStory Lose(long at, string source) => Fact(at, "rpc", source, new LogEvent.SourceLost(source, SourceLossReason.Closed, "closed"));

    /// <summary>A transaction is announced by sources, in their order, and its body arrives with the first.</summary>
    public AuditStory Arrives(long at, ScenarioTx tx, params string[] sources)
    {
        Seen(at, tx.Name, sources[0]);
        Fact(at, LaneOf(sources[0]), sources[0], tx.Decoded());
        foreach (string source in sources.AsSpan(1))
        {
            Seen(at, tx.Name, source);
        }

        return this;
    }

    public AuditStory Seen(long at, string tx, string source) => Fact(at, LaneOf(source), source, new LogEvent.TxSeen(Named.Tx(tx), SightingVia.HashSubscription));

    public AuditStory Left(long at, string tx, string source) => Fact(at, LaneOf(source), source, new LogEvent.TxLeft(Named.Tx(tx), LeavingVia.PoolContent));

    public AuditStory NonceIs(long at, string account, ulong next) => Fact(at, "rpc", string.Empty, new LogEvent.AccountNonceObserved(Named.Account(account), new Nonce(next)));

    /// <summary>The next block on the head.</summary>
    public AuditStory Block(string name, params ScenarioTx[] txs) => BlockOn(HeadName, Head + 1, name, txs);

    /// <summary>A block on the given parent, two seconds after its slot began, or later.</summary>
    public AuditStory BlockOn(string parent, ulong number, string name, ScenarioTx[] txs, long? at = null, ulong[]? gasUsed = null)
    {
        (Head, HeadName) = (number, name);
        var used = gasUsed ?? [.. txs.Select(static tx => tx.GasLimit)];
        ulong sum = used.Aggregate(0UL, static (total, gas) => total + gas);
        return Fact(at ?? (SlotOf(number) + ArrivalMilliseconds), "blocks", "node", new LogEvent.BlockObserved
        {
            Hash = Named.Block(name),
            Number = new BlockNumber(number),
            ParentHash = Named.Block(parent),
            TimestampSeconds = (ulong)(StartSeconds + (SlotOf(number) / 1_000)),
            BaseFeePerGas = new Wei(BaseFee),
            GasUsed = new Gas(sum),
            GasLimit = new Gas(GasLimit),
            FeeRecipient = Named.Account("builder"),
            ExcessBlobGas = default,
            BlobGasUsed = default,
            Transactions = [.. txs.Select((tx, i) => new BlockTx(Named.Tx(tx.Name), Named.Account(tx.Sender), new Nonce(tx.Nonce), Outcome, new Gas(Outcome == ExecutionOutcome.Unknown ? 0 : used[i]), tx.AuthorizationList()))],
            AuthorityNonces = [],
        });
    }

    public AuditStory Receipts(long at, string block, ulong number, params (string Tx, ulong Gas)[] receipts) => Fact(at, "blocks", "node", new LogEvent.ReceiptsObserved(
        Named.Block(block),
        new BlockNumber(number),
        0,
        true,
        [.. receipts.Select(static receipt => new TxResult(Named.Tx(receipt.Tx), ExecutionOutcome.Succeeded, new Gas(receipt.Gas), [], 0))]));

    public AuditStory Fact(long at, string lane, string source, LogEvent fact)
    {
        var id = LaneId.Of(lane);
        _localSeqs[lane] = _localSeqs.GetValueOrDefault(lane) + 1;
        var batch = new EventBatch(id);
        var time = new UnixNanoseconds((StartSeconds * 1_000 * NanosecondsPerMillisecond) + (at * NanosecondsPerMillisecond));
        batch.Add(fact, RecordMeta.Fact(id, _localSeqs[lane], time, source.Length == 0 ? default : SourceId.Of(source)));
        Log.Append(batch);
        Engine.Apply(Log.At(Log.Last));
        return this;
    }

    /// <summary>The audit of a block.</summary>
    public BlockAudit Audit(string block) => Engine.Audits.Find(Named.Block(block))!;

    /// <summary>What the audit of a block says of one of its transactions.</summary>
    public TxAudit Actual(string block, string tx) => Audit(block).Actual.Single(one => one.Hash == Named.Tx(tx));

    /// <summary>What the audit of a block says of an expected transaction; null if it was not expected.</summary>
    public TxAudit? Expected(string block, string tx) => Audit(block).Expected.SingleOrDefault(one => one.Hash == Named.Tx(tx));

    private string LaneOf(string source) => _sources.TryGetValue(source, out var known) ? known.Lane : "rpc";
}
