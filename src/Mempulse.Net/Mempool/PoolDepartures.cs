using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Mempulse.Ethereum.JsonRpc;
using Mempulse.JsonRpc.Calls;
using Mempulse.JsonRpc.Transports;
using Mempulse.Net.Sources;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Net.Mempool;

/// <summary>Finds the transactions that one source announced and no longer has, without a block that includes them.</summary>
/// <remarks>
/// <para>
/// A transaction has left when it was missing in <see cref="MissesToLeave"/> consecutive rounds of one connection and the node does not find it
/// by hash, while the node reports a head and is not syncing. So a truncated answer, a block between two answers and a node that is starting
/// are no departure. Included transactions are kept until their block is old, because a node need not take them back after a reorg.
/// </para>
/// <para>Confined to the reconciler, except <see cref="Add"/>.</para>
/// </remarks>
internal sealed class PoolDepartures(RpcLaneOptions options, PendingSource source)
{
    /// <summary>Consecutive rounds in which a transaction must be missing.</summary>
    private const int MissesToLeave = 2;

    /// <summary>Consecutive rounds in which the node's head must be below a block before the block counts as removed.</summary>
    private const int RoundsToRollBack = 3;

    private readonly Lock _gate = new();
    private readonly Dictionary<Hash256, LinkedListNode<Held>> _held = [];
    private readonly LinkedList<Held> _order = []; // the next to be looked up first
    private readonly MinedTransactions _mined = new();
    private int _roundsBelow;

    /// <summary>Transactions that the source is known to have.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _held.Count;
            }
        }
    }

    /// <summary>The source has a transaction. Safe for any thread; the oldest is forgotten over the limit.</summary>
    public void Add(Hash256 hash)
    {
        lock (_gate)
        {
            if (options.LeavingChecksPerRound == 0 || _held.ContainsKey(hash))
            {
                return;
            }

            if (_held.Count >= options.RecentSightings)
            {
                Remove(_order.First!.Value.Hash);
            }

            _held.Add(hash, _order.AddLast(new Held(hash)));
        }
    }

    /// <summary>Starts again on a new connection: a node that restarted needs time.</summary>
    public void Reconnected()
    {
        _roundsBelow = 0;
        lock (_gate)
        {
            foreach (var held in _order)
            {
                held.Misses = 0;
            }
        }
    }

    /// <summary>Runs a round and records the transactions that have left.</summary>
    /// <param name="client">The node.</param>
    /// <param name="listed">The content of its pool; null if it does not show it, and transactions are looked up in turn.</param>
    /// <param name="cancellationToken">Ends the calls.</param>
    /// <exception cref="RpcTransportException">The node does not answer.</exception>
    public async ValueTask CheckAsync(RpcClient client, HashSet<Hash256>? listed, CancellationToken cancellationToken)
    {
        await ReturnReorgedAsync(client, cancellationToken).ConfigureAwait(false);
        var suspects = listed is null ? NextInTurn() : MissingIn(listed);
        if (suspects.Count == 0 || !await IsSynchronisedAsync(client, cancellationToken).ConfigureAwait(false))
        {
            return;
        }

        var via = listed is null ? LeavingVia.LookUp : LeavingVia.PoolContent;
        foreach (var part in suspects.Chunk(options.BodiesPerCall))
        {
            using var answers = await client.BatchAsync(
                [.. part.Select(static held => new RpcCall("eth_getTransactionByHash", held.Hash.ToString()))], cancellationToken).ConfigureAwait(false);
            for (int i = 0; i < part.Length; i++)
            {
                if (!answers[i].IsRefused)
                {
                    Judge(part[i], answers[i].Result, via);
                }
            }
        }
    }

    /// <summary>Counts a miss for everything that is not listed, and returns what was missing often enough, the oldest first.</summary>
    private List<Held> MissingIn(HashSet<Hash256> listed)
    {
        var suspects = new List<Held>();
        lock (_gate)
        {
            foreach (var held in _order)
            {
                held.Misses = listed.Contains(held.Hash) ? 0 : held.Misses + 1;
                if (held.Misses >= MissesToLeave && suspects.Count < options.LeavingChecksPerRound)
                {
                    suspects.Add(held);
                }
            }
        }

        return suspects;
    }

    private List<Held> NextInTurn()
    {
        lock (_gate)
        {
            var next = new List<Held>();
            for (int i = Math.Min(options.LeavingChecksPerRound, _order.Count); i > 0; i--)
            {
                var node = _order.First!;
                _order.RemoveFirst();
                _order.AddLast(node);
                next.Add(node.Value);
            }

            return next;
        }
    }

    private void Judge(Held held, JsonElement found, LeavingVia via)
    {
        if (found.ValueKind == JsonValueKind.Object)
        {
            held.Misses = 0;
            if (TryReadBlock(found, out ulong number, out var block))
            {
                Forget(held);
                _mined.Add(number, block, held.Hash);
            }
        }
        else if (found.ValueKind == JsonValueKind.Null && (via == LeavingVia.PoolContent || ++held.Misses >= MissesToLeave) && source.RecordLeaving(held.Hash, via))
        {
            Forget(held);
        }
    }

    private static bool TryReadBlock(JsonElement transaction, out ulong number, [NotNullWhen(true)] out Hash256 block)
    {
        block = default;
        number = 0;
        return transaction.TryGetProperty("blockNumber"u8, out var height)
            && RpcHex.TryReadUInt64(height, out number)
            && transaction.TryGetProperty("blockHash"u8, out var hash)
            && RpcHex.TryReadHash(hash, out block);
    }

    /// <summary>Takes back what was included in blocks that are no longer canonical.</summary>
    private async ValueTask ReturnReorgedAsync(RpcClient client, CancellationToken cancellationToken)
    {
        while (_mined.Highest is { } block)
        {
            var now = await ReadBlockAsync(client, RpcHex.Quantity(block.Number), cancellationToken).ConfigureAwait(false);
            _roundsBelow = now is null ? _roundsBelow : 0;
            if (now is null ? !await IsRolledBackAsync(client, block.Number, cancellationToken).ConfigureAwait(false) : now.Value.Hash == block.Hash)
            {
                return;
            }

            _mined.Remove(block).ForEach(Add);
        }
    }

    /// <summary>Returns true once the node's head was below a block in enough consecutive rounds. Before that it may be a backend that lags.</summary>
    private async ValueTask<bool> IsRolledBackAsync(RpcClient client, ulong number, CancellationToken cancellationToken)
    {
        bool isBelow = await ReadBlockAsync(client, "latest", cancellationToken).ConfigureAwait(false) is { } head && head.Number < number;
        _roundsBelow = isBelow ? _roundsBelow + 1 : 0;
        return _roundsBelow >= RoundsToRollBack;
    }

    private static async ValueTask<(ulong Number, Hash256 Hash)?> ReadBlockAsync(RpcClient client, string at, CancellationToken cancellationToken)
    {
        using var answers = await client.CallAsync(new RpcCall("eth_getBlockByNumber", at, false), cancellationToken).ConfigureAwait(false);
        return answers[0].HasResult && RpcBlockReader.TryReadHead(answers[0].Result, out var hash, out var number, out _) ? (number.Value, hash) : null;
    }

    /// <summary>A node without a head, or one that is catching up, does not know its pool yet.</summary>
    private static async ValueTask<bool> IsSynchronisedAsync(RpcClient client, CancellationToken cancellationToken)
    {
        using var head = await client.CallAsync(new RpcCall("eth_getBlockByNumber", "latest", false), cancellationToken).ConfigureAwait(false);
        return head[0].HasResult && !await NodeSync.IsSyncingAsync(client, cancellationToken).ConfigureAwait(false);
    }

    private void Forget(Held held)
    {
        lock (_gate)
        {
            Remove(held.Hash);
        }
    }

    /// <summary>The lock must be held.</summary>
    private void Remove(Hash256 hash)
    {
        if (_held.Remove(hash, out var node))
        {
            _order.Remove(node);
        }
    }

    private sealed class Held(Hash256 hash)
    {
        public Hash256 Hash { get; } = hash;

        public int Misses { get; set; }
    }
}
