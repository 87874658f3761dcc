using System.Text.Json;
using Mempulse.JsonRpc.Calls;
using Mempulse.JsonRpc.Refusals;
using Mempulse.JsonRpc.Transports;
using Mempulse.Net.Sources;

namespace Mempulse.Net.Mempool;

/// <summary>Polls the pending transactions of a node without subscriptions: with a filter if it offers them, otherwise by reading its pool.</summary>
/// <remarks>A polled sighting is up to one interval late, so it is recorded as found in the pool.</remarks>
internal sealed class PendingPoller(RpcLaneOptions options, TimeProvider time, PendingSource source, PoolReconciler reconciler)
{
    /// <summary>Filters in a row that return nothing before they are gone; a gateway may send each call to another node.</summary>
    private const int MaxLostFilters = 3;

    /// <summary>Polls while the source is connected.</summary>
    /// <exception cref="RpcTransportException">The source does not answer.</exception>
    /// <exception cref="SourceLostException">The source offers no way to learn its pending transactions.</exception>
    public async Task RunAsync(RpcClient client, CancellationToken cancellationToken)
    {
        reconciler.Begin();
        int lost = 0;
        while (lost < MaxLostFilters && await CreateFilterAsync(client, cancellationToken).ConfigureAwait(false) is { } filter)
        {
            source.Record.ReceivedBy("polling eth_getFilterChanges");
            lost = await PollAsync(client, filter, cancellationToken).ConfigureAwait(false) > 0 ? 0 : lost + 1;
        }

        await reconciler.PollAsync(client, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Returns the filter's id; null if the node has no filters.</summary>
    private async Task<string?> CreateFilterAsync(RpcClient client, CancellationToken cancellationToken)
    {
        while (true)
        {
            using var answers = await client.CallAsync(new RpcCall("eth_newPendingTransactionFilter"), cancellationToken).ConfigureAwait(false);
            if (answers[0].Refusal.Kind is not (RefusalKind.Transient or RefusalKind.RateLimited))
            {
                return answers[0].Result.ValueKind == JsonValueKind.String ? answers[0].Result.GetString()
                    : answers[0].Result.ValueKind == JsonValueKind.Number ? answers[0].Result.GetRawText()
                    : null;
            }

            await Task.Delay(options.PollInterval, time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Polls a filter until the node no longer has it; returns the number of polls that it answered.</summary>
    private async Task<int> PollAsync(RpcClient client, string filter, CancellationToken cancellationToken)
    {
        // What was in the pool before the filter, or since the last one was lost.
        await reconciler.CompareOnceAsync(client, cancellationToken).ConfigureAwait(false);
        long compared = time.GetTimestamp();
        for (int answered = 0; ; answered++)
        {
            await Task.Delay(options.PollInterval, time, cancellationToken).ConfigureAwait(false);
            using var answers = await client.CallAsync(new RpcCall("eth_getFilterChanges", filter), cancellationToken).ConfigureAwait(false);
            if (answers[0].Refusal.Kind is RefusalKind.Transient or RefusalKind.RateLimited)
            {
                continue;
            }

            if (answers[0].IsRefused)
            {
                return answered;
            }

            Take(answers[0].Result);
            if (options.ReconcileInterval > TimeSpan.Zero && time.GetElapsedTime(compared) >= options.ReconcileInterval)
            {
                await reconciler.CompareOnceAsync(client, cancellationToken).ConfigureAwait(false);
                compared = time.GetTimestamp();
            }
        }
    }

    private void Take(JsonElement changes)
    {
        if (changes.ValueKind == JsonValueKind.Array)
        {
            foreach (var change in changes.EnumerateArray())
            {
                source.Polled(change);
            }
        }
        else if (changes.ValueKind != JsonValueKind.Null)
        {
            source.Unread("The changes of a filter are not a list.");
        }
    }
}
