using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Replay.Tests.PlainRules;

/// <summary>
/// Turns a list of numbers into announcements, blocks, connections and drops. Pauses are often exactly a limit, or a microsecond more: 5 s (drops
/// that join), 15 s (the longest pause that counts), 30 s in two steps (silence), whole minutes, and an hour.
/// </summary>
internal sealed class ObservationHistory
{
    public const long Start = 1_700_000_040_000_000_000; // a full minute

    private const long Micro = 1_000;
    private const long Second = 1_000_000_000;

    private static readonly string[] s_sources = ["near", "far", "peer", "blocks"];

    private static readonly long[] s_pauses =
        [0, 0, 1, 3, 4, 7, 40, 700, 1_000, 4_000_000, 5_000_000, 5_000_001, 10_000_000, 15_000_000, 15_000_001, 20_000_000, 60_000_000, 59 * 60_000_000L];

    private readonly List<(LogEvent Fact, string Source, string Lane, long At)> _facts = [];
    private long _at = Start;
    private ulong _blocks;
    private int _included;

    private ObservationHistory(uint[] steps)
    {
        Add("writer", "writer", new LogEvent.EpochStarted(new Epoch(1), Scenario.Chain, "observations", new FoldParameters()));
        foreach (uint step in steps)
        {
            _at += s_pauses[(int)(step / 1_000 % 18)] * Micro;
            Step((int)(step % 20), (int)(step / 20_000 % 50_000));
        }
    }

    public static string LaneOf(string source) => source switch
    {
        "peer" => "p2p",
        "blocks" => "blocks",
        _ => "rpc",
    };

    public static IReadOnlyList<(LogEvent Fact, string Source, string Lane, long At)> Of(uint[] steps) => new ObservationHistory(steps)._facts;

    private void Step(int choice, int detail)
    {
        string source = s_sources[detail % 3];
        switch (choice)
        {
            case <= 8:
                Seen(detail / 3, source);
                break;
            case <= 11:
                Block(detail);
                break;
            case 12 or 13:
                Connect(s_sources[detail % 4]);
                break;
            case 14:
                Lose(s_sources[detail % 4], (SourceLossReason)(1 + (detail / 4 % 7)));
                break;
            case 15 or 16:
                Drop(source, detail / 3);
                break;
            case 17 when detail % 5 == 0:
                Seen(detail, "blocks"); // a lane of blocks that announces observes the mempool, too
                break;
            default:
                _at += Second * (detail % 4 * 5);
                break;
        }
    }

    private void Add(string source, string lane, LogEvent fact) => _facts.Add((fact, source, lane, _at));

    private void Seen(int detail, string source) =>
        Add(source, LaneOf(source), new LogEvent.TxSeen(Named.Tx($"tx{_included + (detail % 4) - 1}"), SightingVia.HashSubscription));

    /// <summary>A block with the next transactions in order, so that each is included once.</summary>
    private void Block(int detail)
    {
        _blocks++;
        var txs = Enumerable.Range(_included, detail % 3).Select(static i => new BlockTx(Named.Tx($"tx{i}"), Named.Account($"a{i}"), new Nonce(0), ExecutionOutcome.Succeeded, default, default)).ToArray();
        _included += txs.Length;
        Add("blocks", "blocks", new LogEvent.BlockObserved
        {
            Hash = Named.Block($"{_blocks}"),
            Number = new BlockNumber(_blocks),
            ParentHash = Named.Block($"{_blocks - 1}"),
            TimestampSeconds = 1_700_000_000 + _blocks,
            BaseFeePerGas = default,
            GasUsed = default,
            GasLimit = default,
            FeeRecipient = default,
            ExcessBlobGas = default,
            BlobGasUsed = default,
            Transactions = txs,
            AuthorityNonces = [],
        });
    }

    private void Connect(string source) => Add(source, LaneOf(source), source == "peer"
        ? new LogEvent.PeerConnected(Named.Tx(source), source, LaneOf(source), "Geth/v1", 69, "127.0.0.1:30303", IsInbound: true)
        : new LogEvent.SourceConnected(source, LaneOf(source), "ws://127.0.0.1", Scenario.Chain, "geth", IsSynthetic: false));

    private void Lose(string source, SourceLossReason reason) => Add(source, LaneOf(source), source == "peer"
        ? new LogEvent.PeerLost(Named.Tx(source), source, reason, 4, IsByPeer: true, "too many peers")
        : new LogEvent.SourceLost(source, reason, "lost"));

    private void Drop(string source, int detail)
    {
        DropReason[] reasons = [DropReason.QueueFull, DropReason.PeerThrottled, DropReason.LogUnavailable, DropReason.ProcessPaused, DropReason.Duplicate];
        Add(source, LaneOf(source), new LogEvent.TxIngestDropped(default, reasons[detail % 5], LaneOf(source), "queue", 0, 0, (ulong)(1 + (detail % 7)), default, string.Empty, default)
        {
            SpanNanoseconds = (ulong)(detail % 3 * 2 * Second),
        });
    }
}
