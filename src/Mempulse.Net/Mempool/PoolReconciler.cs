using System.Text.Json;
using Mempulse.Ethereum.JsonRpc;
using Mempulse.JsonRpc.Calls;
using Mempulse.JsonRpc.Refusals;
using Mempulse.JsonRpc.Transports;
using Mempulse.Net.Ingest;
using Mempulse.Net.Sources;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Net.Mempool;

/// <summary>Compares what a source announced with the content of its pool, and records what its subscription missed and what has left.</summary>
/// <remarks>Uses txpool_content if the node offers it, otherwise the hashes of the pending block, otherwise nothing; what has left is then found by looking transactions up in turn.</remarks>
internal sealed class PoolReconciler(RpcLaneOptions options, TimeProvider time, PendingSource source)
{
    /// <summary>Consecutive comparisons that find transactions while the subscription delivers none, after which the source counts as silent.</summary>
    private const int MaxSilentRounds = 3;

    private long _foundCount;
    private PoolSurvey _survey;
    private int _silentRounds;
    private HashSet<Hash256>? _listed; // the content of the pool in the present round; null if the node does not show it

    /// <summary>Number of transactions found by comparison.</summary>
    public long FoundCount => Interlocked.Read(ref _foundCount);

    /// <summary>Compares immediately and then periodically while the source is connected.</summary>
    /// <exception cref="RpcTransportException">The source does not answer.</exception>
    /// <exception cref="SourceLostException">Its subscription delivers nothing.</exception>
    public async Task RunAsync(RpcClient client, CancellationToken cancellationToken)
    {
        Begin();

        // Transactions that were in the pool before we connected are not a fault of the subscription.
        await CompareOnceAsync(client, cancellationToken).ConfigureAwait(false);
        while (options.ReconcileInterval > TimeSpan.Zero)
        {
            long before = source.NotificationCount;
            await Task.Delay(options.ReconcileInterval, time, cancellationToken).ConfigureAwait(false);
            int found = await CompareOnceAsync(client, cancellationToken).ConfigureAwait(false);
            NoteSilence(found > 0 && source.NotificationCount == before);
        }

        await Task.Delay(Timeout.Infinite, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Starts with the most complete survey again: another node may answer at the same address.</summary>
    public void Begin()
    {
        _silentRounds = 0;
        source.Departures.Reconnected();
        _survey = options.ReconcileInterval > TimeSpan.Zero ? PoolSurvey.Content : PoolSurvey.None;
    }

    /// <summary>Reads the pool of a source that has neither subscriptions nor filters, as its only input, while it is connected.</summary>
    /// <exception cref="RpcTransportException">The source does not answer.</exception>
    /// <exception cref="SourceLostException">It does not show its pool either.</exception>
    public async Task PollAsync(RpcClient client, CancellationToken cancellationToken)
    {
        Begin();
        _survey = PoolSurvey.Content;
        while (true)
        {
            await CompareOnceAsync(client, cancellationToken).ConfigureAwait(false);
            if (_survey == PoolSurvey.None)
            {
                throw new SourceLostException(
                    SourceLossReason.Refused, "The node offers no subscriptions, no filters and no view of its pool: its pending transactions cannot be received.");
            }

            source.Record.ReceivedBy(_survey == PoolSurvey.Content ? "polling txpool_content" : "polling the pending block");
            await Task.Delay(options.PollInterval, time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Compares once, with the most complete survey that the source offers, and finds what has left.</summary>
    /// <returns>The number of transactions that it had not announced.</returns>
    public async ValueTask<int> CompareOnceAsync(RpcClient client, CancellationToken cancellationToken)
    {
        _listed = null;
        int found = await SurveyAsync(client, cancellationToken).ConfigureAwait(false);
        if (options.ReconcileInterval > TimeSpan.Zero && (_survey != PoolSurvey.Content || _listed is not null))
        {
            await source.Departures.CheckAsync(client, _listed, cancellationToken).ConfigureAwait(false);
        }

        return found;
    }

    private async ValueTask<int> SurveyAsync(RpcClient client, CancellationToken cancellationToken)
    {
        while (_survey != PoolSurvey.None)
        {
            var call = _survey == PoolSurvey.Content ? new RpcCall("txpool_content") : new RpcCall("eth_getBlockByNumber", "pending", false);
            try
            {
                using var answers = await client.CallAsync(call, cancellationToken).ConfigureAwait(false);
                if (!answers[0].IsRefused)
                {
                    return _survey == PoolSurvey.Content ? TakeContent(answers[0].Result) : TakeHashes(answers[0].Result);
                }

                if (answers[0].Refusal.Kind is RefusalKind.Transient or RefusalKind.RateLimited)
                {
                    return 0; // the next comparison asks again
                }
            }
            catch (RpcTransportException failure) when (failure.Fault == TransportFault.ProtocolViolation && _survey == PoolSurvey.Content)
            {
                // The pool is too large for one message; the node is healthy.
            }

            _survey = Less(_survey);
        }

        return 0;
    }

    /// <summary>{pending: {sender: {nonce: transaction}}, queued: the same}. Without either member it says nothing about the pool.</summary>
    private int TakeContent(JsonElement content)
    {
        var now = ObservationClock.Now(time);
        int found = 0;
        bool isComplete = content.ValueKind == JsonValueKind.Object && (content.TryGetProperty("pending"u8, out _) || content.TryGetProperty("queued"u8, out _));
        _listed = isComplete ? [] : null;
        foreach (var transaction in Children(Children(Children([content]))))
        {
            if (BodyText.Encode(transaction, options.Chain, out var claimed) is { } raw)
            {
                _listed?.Add(claimed);
                found += source.RecordBody(raw, claimed, SightingVia.PoolSnapshot, now) ? 1 : 0;
            }
            else if (transaction.ValueKind == JsonValueKind.Object
                && transaction.TryGetProperty("hash"u8, out var named)
                && RpcHex.TryReadHash(named, out var hash))
            {
                _listed?.Add(hash);
                found += source.RecordHash(hash, SightingVia.PoolSnapshot, now) ? 1 : 0;
            }
            else
            {
                source.Drop("A pool entry is neither a transaction nor an object with a hash.");
            }
        }

        Interlocked.Add(ref _foundCount, found);
        return found;
    }

    private int TakeHashes(JsonElement block)
    {
        if (block.ValueKind != JsonValueKind.Object || !block.TryGetProperty("transactions"u8, out var hashes) || hashes.ValueKind != JsonValueKind.Array)
        {
            return 0;
        }

        var now = ObservationClock.Now(time);
        int found = 0;
        foreach (var element in hashes.EnumerateArray())
        {
            found += RpcHex.TryReadHash(element, out var hash) && source.RecordHash(hash, SightingVia.PoolSnapshot, now) ? 1 : 0;
        }

        Interlocked.Add(ref _foundCount, found);
        return found;
    }

    private void NoteSilence(bool isSilent)
    {
        _silentRounds = isSilent ? _silentRounds + 1 : 0;
        if (_silentRounds >= MaxSilentRounds)
        {
            _silentRounds = 0;
            throw new SourceLostException(SourceLossReason.Silent, "The pool grows and the subscription delivers nothing.");
        }
    }

    private static PoolSurvey Less(PoolSurvey survey) => survey == PoolSurvey.Content ? PoolSurvey.PendingBlock : PoolSurvey.None;

    private static IEnumerable<JsonElement> Children(IEnumerable<JsonElement> parents)
    {
        foreach (var parent in parents)
        {
            if (parent.ValueKind != JsonValueKind.Object)
            {
                continue;
            }

            foreach (var child in parent.EnumerateObject())
            {
                yield return child.Value;
            }
        }
    }
}
