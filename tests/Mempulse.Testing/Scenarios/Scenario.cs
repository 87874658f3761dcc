using Mempulse.Folding;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;
using Mempulse.Replay;
using Mempulse.Replay.Derivations;

namespace Mempulse.Testing.Scenarios;

/// <summary>A story for a fold: each step appends a fact to a log in memory, applies it and records the derived events.</summary>
/// <remarks>Derived events are appended directly after their cause unless the story holds them back. Each step is one second after the previous one.</remarks>
public sealed class Scenario
{
    private const int SecondsPerBlock = 12;
    private const long NanosecondsPerSecond = 1_000_000_000;

    private static readonly LaneId IngestLane = LaneId.Of("scenario");

    private readonly Dictionary<string, ScenarioTx> _txs = [];
    private readonly Dictionary<string, ScenarioBlock> _blocks = [];
    private readonly Dictionary<Hash256, string> _names = [];
    private readonly EventBatch _derived = new(DerivedEvents.Lane);
    private readonly List<string> _trace = [];
    private ulong _localSeq;
    private bool _holdsBack;

    /// <summary>A story that begins with an epoch with the given parameters, folded by the given composition.</summary>
    public Scenario(FoldParameters? parameters = null, FoldComposition? composition = null)
    {
        Engine = (composition ?? FoldComposition.Default).Create(Chain);
        Fact(new LogEvent.EpochStarted(new Epoch(1), Chain, "scenario", parameters ?? new FoldParameters()));
    }

    /// <summary>The chain of all stories.</summary>
    public static ChainId Chain => new(1);

    /// <summary>The fold.</summary>
    public ReplayEngine Engine { get; private set; }

    /// <summary>The log so far.</summary>
    public ScenarioLog Log { get; } = new();

    /// <summary>All events derived so far, one line each.</summary>
    public IReadOnlyList<string> Trace => _trace;

    /// <summary>Name of the story's canonical head; null before the first block.</summary>
    public string? Head { get; private set; }

    /// <summary>Timestamp of the next block unless one is given.</summary>
    public ulong BlockTimeSeconds { get; set; } = 1_700_000_000;

    /// <summary>What the next blocks say about the execution of their transactions.</summary>
    public ExecutionOutcome Outcome { get; set; } = ExecutionOutcome.Succeeded;

    /// <summary>Base fee of the next blocks, in wei per gas.</summary>
    public ulong BaseFee { get; set; } = 7;

    /// <summary>Gas that the next blocks use.</summary>
    public ulong GasUsed { get; set; } = 21_000;

    /// <summary>Excess blob gas of the next blocks.</summary>
    public ulong ExcessBlobGas { get; set; }

    /// <summary>Which parts of the next blocks their hashes do not cover.</summary>
    public UnverifiedParts Unverified { get; set; }

    /// <summary>Introduces a transaction without any event.</summary>
    public Scenario Knows(ScenarioTx tx)
    {
        _txs[tx.Name] = tx;
        _names[Named.Tx(tx.Name)] = tx.Name;
        return this;
    }

    /// <summary>A source announces a hash.</summary>
    public Scenario Seen(string tx, string source = "alpha")
    {
        _names[Named.Tx(tx)] = tx;
        return Fact(new LogEvent.TxSeen(Named.Tx(tx), SightingVia.HashSubscription), source);
    }

    /// <summary>A transaction leaves the pool of a source.</summary>
    public Scenario Left(string tx, string source = "alpha") => Fact(new LogEvent.TxLeft(Named.Tx(tx), LeavingVia.PoolContent), source);

    /// <summary>A body arrives.</summary>
    public Scenario Decoded(ScenarioTx tx, string source = "alpha")
    {
        Knows(tx);
        return Fact(tx.Decoded(), source);
    }

    /// <summary>A hash and its body arrive.</summary>
    public Scenario Arrives(string tx, string sender, ulong nonce, ulong fee = 100, ulong tip = 10) =>
        Seen(tx).Decoded(new ScenarioTx(tx, sender, nonce) { Fee = fee, Tip = tip });

    /// <summary>A block on the story's head joins the chain; its transactions must be known.</summary>
    public Scenario Block(string name, params string[] txs) => BlockOn(Head, name, txs);

    /// <summary>A block on the given parent joins the chain.</summary>
    public Scenario BlockOn(string? parent, string name, params string[] txs) => BlockOn(parent, name, [], txs);

    /// <summary>A block on the given parent, with nonces of authorities as a node reported them.</summary>
    public Scenario BlockOn(string? parent, string name, AccountNonce[] authorityNonces, params string[] txs)
    {
        ulong number = parent is null ? 100 : _blocks[parent].Number + 1;
        BlockTimeSeconds += SecondsPerBlock;
        _blocks[name] = new ScenarioBlock(name, number);
        Head = name;
        return Fact(new LogEvent.BlockObserved
        {
            Hash = Named.Block(name),
            Number = new BlockNumber(number),
            ParentHash = parent is null ? default : Named.Block(parent),
            TimestampSeconds = BlockTimeSeconds,
            BaseFeePerGas = new Wei(BaseFee),
            GasUsed = new Gas(GasUsed),
            GasLimit = new Gas(30_000_000),
            FeeRecipient = Named.Account("builder"),
            ExcessBlobGas = new Gas(ExcessBlobGas),
            BlobGasUsed = new Gas(0),
            Transactions = [.. txs.Select(BlockTxOf)],
            AuthorityNonces = authorityNonces,
            Unverified = Unverified,
        });
    }

    /// <summary>The height of a block that was named before.</summary>
    public BlockNumber NumberOf(string block) => new(_blocks[block].Number);

    /// <summary>The receipts of a block arrive, for the given transactions from the given index on.</summary>
    public Scenario Receipts(string block, int first, bool isVerified, params (string Tx, ExecutionOutcome Outcome)[] receipts) =>
        Receipts(block, first, isVerified, ReceiptsContinuation.Unstated, receipts);

    /// <summary>The same, with what the next record continues with.</summary>
    public Scenario Receipts(string block, int first, bool isVerified, ReceiptsContinuation continuation, params (string Tx, ExecutionOutcome Outcome)[] receipts) => Fact(new LogEvent.ReceiptsObserved(
        Named.Block(block),
        new BlockNumber(_blocks[block].Number),
        first,
        isVerified,
        [.. receipts.Select(static receipt => new TxResult(Named.Tx(receipt.Tx), receipt.Outcome, new Gas(21_000), [], 0))])
    {
        Continuation = continuation,
    });

    /// <summary>Adds <paramref name="count"/> empty blocks to the head.</summary>
    public Scenario EmptyBlocks(int count, string prefix = "empty")
    {
        for (int i = 0; i < count; i++)
        {
            Block($"{prefix}-{Head}-{i}");
        }

        return this;
    }

    /// <summary>A reorg back to a block of the story.</summary>
    public Scenario Reorg(string ancestor)
    {
        ulong number = _blocks[ancestor].Number;
        ulong depth = Head is null ? 0 : _blocks[Head].Number - number;
        var old = Head is null ? default : Named.Block(Head);
        Head = ancestor;
        return Fact(new LogEvent.ReorgDetected(Named.Block("new head"), old, Named.Block(ancestor), new BlockNumber(number), depth));
    }

    /// <summary>The chain is replaced beyond finality by one that begins with the given block.</summary>
    public Scenario BeginAnew(string genesis)
    {
        var (old, oldNumber) = Head is null ? (default, 0) : (Named.Block(Head), _blocks[Head].Number);
        Fact(new LogEvent.FinalityViolated(Named.Block(genesis), new BlockNumber(100), old, new BlockNumber(oldNumber), null, null, "begun anew"));
        return BlockOn(null, genesis);
    }

    /// <summary>A node reports an account's next nonce.</summary>
    public Scenario NonceReported(string account, ulong next) => Fact(new LogEvent.AccountNonceObserved(Named.Account(account), new Nonce(next)));

    /// <summary>From here on, derived events are appended only by <see cref="AppendDerived"/>.</summary>
    public Scenario HoldBackDerived()
    {
        _holdsBack = true;
        return this;
    }

    /// <summary>Appends the derived events that were held back, up to a limit.</summary>
    public Scenario AppendDerived(int max = int.MaxValue)
    {
        _derived.Clear();
        if (Engine.DrainDerived(_derived, max) > 0)
        {
            var after = Log.Last;
            Log.Append(_derived);
            Engine.Apply(Log.ScanAfter(after));
        }

        return this;
    }

    /// <summary>Continues with an engine restored from a checkpoint of this one.</summary>
    public Scenario Restart(ReplayEngine restored)
    {
        Engine = restored;
        return this;
    }

    /// <summary>Appends and applies any fact.</summary>
    public Scenario Fact(LogEvent fact, string source = "alpha")
    {
        var batch = new EventBatch(IngestLane);
        _localSeq++;
        var at = new UnixNanoseconds((1_700_000_000L + (long)_localSeq) * NanosecondsPerSecond);
        batch.Add(fact, RecordMeta.Fact(IngestLane, _localSeq, at, SourceId.Of(source)));
        var after = Log.Last;
        Log.Append(batch);
        int expected = Engine.ExpectedCount;
        Engine.Apply(Log.ScanAfter(after));
        Note(expected);
        return _holdsBack ? this : AppendDerived();
    }

    /// <summary>The state of a transaction.</summary>
    public TxState StateOf(string tx) => Engine.Pool.StateOf(Named.Tx(tx));

    /// <summary>The lines derived since the last call.</summary>
    public IReadOnlyList<string> TakeTrace()
    {
        var lines = _trace.ToArray();
        _trace.Clear();
        return lines;
    }

    private BlockTx BlockTxOf(string name)
    {
        var tx = _txs[name];
        return new BlockTx(Named.Tx(name), Named.Account(tx.Sender), new Nonce(tx.Nonce), Outcome, Outcome == ExecutionOutcome.Unknown ? default : new Gas(21_000), tx.AuthorizationList());
    }

    /// <summary>Records what the last fact added to the expected events. The hand-over is rewound, so the events can still be appended.</summary>
    private void Note(int expectedBefore)
    {
        Engine.RewindDerived();
        _derived.Clear();
        Engine.DrainDerived(_derived, int.MaxValue);
        Engine.RewindDerived();
        if (_derived.Count == 0)
        {
            return;
        }

        int index = 0;
        foreach (var record in new SequencedBatch(new Epoch(1), new GlobalSeq(1), _derived.Count, new GlobalSeq((ulong)_derived.Count), _derived.Records))
        {
            if (index++ >= expectedBefore)
            {
                _trace.Add(TraceLine.Of(LogEvent.Decode(record)!, NameOf));
            }
        }
    }

    private string NameOf(Hash256 hash) =>
        hash.IsZero ? "an unknown transaction"
        : _names.TryGetValue(hash, out string? name) ? name
        : _blocks.Values.FirstOrDefault(block => Named.Block(block.Name) == hash)?.Name ?? hash.ToString();

    private sealed record ScenarioBlock(string Name, ulong Number);
}
