using System.Text.Json;
using System.Text.Json.Nodes;
using Mempulse.JsonRpc.Endpoints;
using Mempulse.Net.Blocks;
using Mempulse.Net.Ingest;
using Mempulse.Net.Mempool;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Testing.Anvil;

namespace Mempulse.Benchmarks.Hostile;

/// <summary>Both lanes with a faulty and an honest source, while a real node gets transactions and mines blocks.</summary>
internal sealed class FaultRun(NodeFault fault, AnvilNode anvil, HashSet<Hash256> everSent)
{
    private const int Blocks = 3;
    private const int TransactionsPerBlock = 20;
    private const ulong TransferGas = 21_000;
    private const string Honest = "honest";

    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(40);
    private static readonly TimeSpan _shortPatience = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(20);
    private static readonly ChainId _chain = new(1);
    private static readonly RpcConnectionOptions _connection = new()
    {
        CallRetries = 1,
        CallTimeout = TimeSpan.FromSeconds(2),
        SilenceLimit = TimeSpan.FromSeconds(6),
        MinReconnectDelay = TimeSpan.FromMilliseconds(50),
        MaxReconnectDelay = TimeSpan.FromSeconds(1),
    };

    private readonly EventSink _sink = new();
    private readonly List<Hash256> _sent = [];
    private readonly List<Hash256> _mined = [];
    private long _peakBytes;

    /// <summary>Runs and judges the result by the real node.</summary>
    public async Task<FaultResult> RunAsync()
    {
        long before = GC.GetTotalMemory(forceFullCollection: true);
        using var measured = new CancellationTokenSource();
        var measuring = MeasureAsync(measured.Token);
        await using (var pendingNode = new FaultyNode(fault, anvil))
        await using (var headNode = new FaultyNode(fault, anvil))
        await using (var honestNode = new FaultyNode(NodeFaults.None, anvil) { IsOpen = false })
        {
            await DriveAsync(pendingNode, headNode, honestNode).ConfigureAwait(false);
        }

        await measured.CancelAsync().ConfigureAwait(false);
        await measuring.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return Judge(_peakBytes - before, GC.GetTotalMemory(forceFullCollection: true) - before);
    }

    private async Task DriveAsync(FaultyNode pendingNode, FaultyNode headNode, FaultyNode honestNode)
    {
        await using var lane = new RpcLane(
            new RpcLaneOptions { Chain = _chain, Endpoints = Endpoints(pendingNode.Address, anvil.WebSocketAddress), Connection = _connection, ReconcileInterval = TimeSpan.FromSeconds(1) },
            new DecodedBodies(1 << 12), _sink, TimeProvider.System);
        await using var follower = new BlockFollower(
            new BlockFollowerOptions { Chain = _chain, Endpoints = Endpoints(headNode.Address, honestNode.Address), Connection = _connection, PollInterval = TimeSpan.FromMilliseconds(100) },
            _sink, TimeProvider.System);
        await lane.StartAsync(default).ConfigureAwait(false);
        await follower.StartAsync(default).ConfigureAwait(false);

        // The follower follows one node at a time: first the faulty one, if it can be followed at all.
        await UntilAsync(() => _sink.Of<LogEvent.BlockObserved>().Any(), _shortPatience).ConfigureAwait(false);
        honestNode.IsOpen = true;
        await UntilAsync(() => IsReceived(lane) && IsReceived(follower)).ConfigureAwait(false);
        for (int i = 0; i < Blocks; i++)
        {
            var hashes = await SendAsync().ConfigureAwait(false);
            await pendingNode.AnnounceAsync([.. hashes.Select(static hash => $"\"{hash}\"")]).ConfigureAwait(false);
            await UntilAsync(() => SeenByHonest().IsSupersetOf(hashes)).ConfigureAwait(false);
            string head = (await MineAsync().ConfigureAwait(false)).ToString();
            await headNode.AnnounceAsync([head]).ConfigureAwait(false);
            await honestNode.AnnounceAsync([head]).ConfigureAwait(false);
        }

        await UntilAsync(() => LostTransactions() == 0 && LostBlocks() == 0).ConfigureAwait(false);
        await UntilAsync(() => Unknown() == 0, _shortPatience).ConfigureAwait(false);
        await lane.StopAsync(default).ConfigureAwait(false);
        await follower.StopAsync(default).ConfigureAwait(false);
    }

    private static IReadOnlyList<RpcEndpoint> Endpoints(string faulty, string honest) => [RpcEndpoint.Parse("faulty", faulty), RpcEndpoint.Parse(Honest, honest)];

    private static bool IsReceived(IIngestLane lane) => lane.ReadStatus().Sources.Any(static source => source is { Name: Honest, IsConnected: true, Reception.Length: > 0 });

    private async Task<List<Hash256>> SendAsync()
    {
        var account = (await anvil.CallAsync("eth_accounts", default).ConfigureAwait(false))[0].GetString()!;
        var hashes = new List<Hash256>();
        for (int i = 0; i < TransactionsPerBlock; i++)
        {
            var tx = new JsonObject { ["from"] = account, ["to"] = account, ["value"] = "0x1", ["gas"] = "0x5208" };
            hashes.Add(Hash256.Parse((await anvil.CallAsync("eth_sendTransaction", default, tx).ConfigureAwait(false)).GetString()!));
        }

        _sent.AddRange(hashes);
        everSent.UnionWith(hashes);
        return hashes;
    }

    private async Task<JsonElement> MineAsync()
    {
        await anvil.CallAsync("evm_mine", default).ConfigureAwait(false);
        var head = await anvil.CallAsync("eth_getBlockByNumber", default, "latest", false).ConfigureAwait(false);
        _mined.Add(Hash256.Parse(head.GetProperty("hash").GetString()!));
        return head;
    }

    private HashSet<Hash256> SeenByHonest() =>
        [.. _sink.Events.Where(static entry => entry.Source == SourceId.Of(Honest)).Select(static entry => entry.Event).OfType<LogEvent.TxSeen>().Select(static seen => seen.Hash)];

    private int LostTransactions()
    {
        int missing = _sent.Except(_sink.Of<LogEvent.TxDecoded>().Select(static tx => tx.Hash)).Count();
        return Math.Max(missing - (int)Math.Min(TxDrops(), int.MaxValue), 0);
    }

    /// <summary>Counts from the first block that was observed: before it, the follower had not begun.</summary>
    private int LostBlocks()
    {
        var observed = _sink.Of<LogEvent.BlockObserved>().Select(static block => block.Hash).ToHashSet();
        bool isCovered = _sink.Of<LogEvent.ChainGap>().Any() || _sink.Of<LogEvent.BlockIngestDropped>().Any(static drop => drop.Reason == DropReason.Oversize);
        return isCovered ? 0 : observed.Count == 0 ? _mined.Count : _mined.SkipWhile(hash => !observed.Contains(hash)).Count(hash => !observed.Contains(hash));
    }

    private ulong TxDrops() => _sink.Of<LogEvent.TxIngestDropped>().Aggregate(0UL, static (sum, drop) => sum + drop.Count);

    private int Unknown()
    {
        int results = _sink.Of<LogEvent.ReceiptsObserved>().SelectMany(static observed => observed.Receipts).Count();
        return Math.Max(_sink.Of<LogEvent.BlockObserved>().SelectMany(static block => block.Transactions).Count(static tx => tx.Outcome == ExecutionOutcome.Unknown) - results, 0);
    }

    /// <summary>Every transfer succeeds with 21,000 gas, no block is replaced, and the account's nonce is the number of its transactions.</summary>
    private FaultResult Judge(long peakBytes, long keptBytes)
    {
        var sent = _sent.ToHashSet();
        var mined = _mined.ToHashSet();
        int untrue = _sink.Of<LogEvent.TxDecoded>().Count(tx => !everSent.Contains(tx.Hash))
            + _sink.Of<LogEvent.ReorgDetected>().Count()
            + _sink.Of<LogEvent.BlockObserved>().Where(block => block.Transactions.Count > 0 && mined.Contains(block.Hash)).SelectMany(static block => block.Transactions)
                .Count(static tx => tx.Outcome == ExecutionOutcome.Reverted || (tx.Outcome == ExecutionOutcome.Succeeded && tx.GasUsed.Value != TransferGas))
            + _sink.Of<LogEvent.ReceiptsObserved>().Where(static observed => observed.IsVerified).SelectMany(static observed => observed.Receipts)
                .Count(static receipt => receipt.Outcome == ExecutionOutcome.Reverted || receipt.GasUsed.Value != TransferGas);
        bool isHonestUnaffected = SeenByHonest().IsSupersetOf(sent)
            && !_sink.Events.SkipWhile(static entry => entry.Event is not LogEvent.SourceConnected { Name: Honest, Lane: BlockFollowerOptions.DefaultName })
                .Any(static entry => entry.Source == SourceId.Of(Honest) && entry.Event is LogEvent.SourceLost { Reason: not SourceLossReason.Shutdown });
        ulong drops = TxDrops() + (ulong)_sink.Of<LogEvent.BlockIngestDropped>().Count();
        return new FaultResult(untrue, LostTransactions() + LostBlocks(), drops, isHonestUnaffected, Unknown(), peakBytes, keptBytes);
    }

    private async Task MeasureAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            _peakBytes = Math.Max(_peakBytes, GC.GetTotalMemory(forceFullCollection: false));
            await Task.Delay(_pause, cancellationToken).ConfigureAwait(false);
        }
    }

    private static Task UntilAsync(Func<bool> holds) => UntilAsync(holds, _patience);

    /// <summary>Waits for a condition; what does not hold in time shows in the result.</summary>
    private static async Task UntilAsync(Func<bool> holds, TimeSpan patience)
    {
        long began = TimeProvider.System.GetTimestamp();
        while (!holds() && TimeProvider.System.GetElapsedTime(began) < patience)
        {
            await Task.Delay(_pause).ConfigureAwait(false);
        }
    }
}
