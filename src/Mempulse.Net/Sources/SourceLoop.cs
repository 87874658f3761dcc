using Mempulse.JsonRpc.Calls;
using Mempulse.JsonRpc.Endpoints;
using Mempulse.JsonRpc.Refusals;
using Mempulse.JsonRpc.Subscriptions;
using Mempulse.JsonRpc.Transports;
using Mempulse.Observability;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Net.Sources;

/// <summary>Keeps one source connected: checks its chain, subscribes or has it polled, listens, detects silence, and reconnects with growing pauses.</summary>
/// <remarks>Any misbehaviour of a node loses the source and leads to a new attempt; it never ends the loop.</remarks>
internal sealed class SourceLoop(
    RpcEndpoint endpoint,
    ChainId chain,
    RpcConnectionOptions options,
    TimeProvider time,
    LaneMeter metrics,
    ISourceListener listener)
{
    private int _failures;

    /// <summary>Runs until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            listener.Record.Trying();
            try
            {
                await RunSessionAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (SourceLostException loss)
            {
                await ReportLossAsync(loss, cancellationToken).ConfigureAwait(false);
            }
            catch (RpcTransportException failure)
            {
                await ReportLossAsync(SourceLostException.Of(failure), cancellationToken).ConfigureAwait(false);
            }
            catch (Exception failure) when (failure is not InvariantBrokenException)
            {
                // The source's boundary: an exception caused by its bytes loses the source, never the lane.
                var loss = new SourceLostException(SourceLossReason.ProtocolViolation, $"The session broke ({failure.GetType().Name}).", failure);
                await ReportLossAsync(loss, cancellationToken).ConfigureAwait(false);
            }

            var delay = options.MinReconnectDelay * Math.Pow(2, Math.Min(_failures++, 16));
            delay = delay < options.MaxReconnectDelay ? delay : options.MaxReconnectDelay;
            await Task.Delay(delay, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task RunSessionAsync(CancellationToken cancellationToken)
    {
        await using var client = new RpcClient(endpoint.CallUrl, options, time, metrics.Calls);
        var check = new SourceCheck(client);
        await check.RequireChainAsync(chain, cancellationToken).ConfigureAwait(false);
        string version = await check.ReadVersionAsync(cancellationToken).ConfigureAwait(false);

        // Before the subscription, so that the connection is recorded before the first notification.
        await listener.Record.ConnectedAsync(version, cancellationToken).ConfigureAwait(false);
        var subscription = await SubscribeAsync(cancellationToken).ConfigureAwait(false);
        var session = new SourceSession(client, version, IsSubscribed: subscription is not null);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task[] parts =
        [
            listener.RunConnectedAsync(session, ended.Token),
            WatchSilenceAsync(subscription, client, ended.Token),
            subscription is null ? Task.Delay(Timeout.Infinite, ended.Token) : ThrowAtEndAsync(subscription, ended.Token),
        ];
        try
        {
            await (await Task.WhenAny(parts).ConfigureAwait(false)).ConfigureAwait(false);
            throw new SourceLostException(SourceLossReason.Closed, "The source ended.");
        }
        finally
        {
            await ended.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(parts).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (subscription is not null)
            {
                await subscription.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    /// <summary>Subscribes; returns null if the node offers no subscriptions, so that it is polled.</summary>
    private async Task<RpcSubscription?> SubscribeAsync(CancellationToken cancellationToken)
    {
        if (!endpoint.CanSubscribe)
        {
            return null;
        }

        try
        {
            var subscription = await RpcSubscription.OpenAsync(endpoint.SubscribeUrl, listener.Subscription, listener, options, time, cancellationToken).ConfigureAwait(false);
            listener.Record.ReceivedBy("subscription");
            return subscription;
        }
        catch (RpcTransportException refused) when (refused.Refusal.Kind is not (RefusalKind.None or RefusalKind.RateLimited or RefusalKind.Transient))
        {
            return null;
        }
    }

    /// <summary>Sends a call to a quiet node before it counts as silent, because a quiet chain is not a fault.</summary>
    private async Task WatchSilenceAsync(RpcSubscription? subscription, RpcClient client, CancellationToken cancellationToken)
    {
        while (true)
        {
            await Task.Delay(options.SilenceLimit / 3, time, cancellationToken).ConfigureAwait(false);
            _failures = 0;
            if (subscription?.UnfinishedFor > options.SilenceLimit)
            {
                throw new SourceLostException(SourceLossReason.ProtocolViolation, "A message was started and not completed.");
            }

            long heard = Math.Max(subscription?.LastHeard ?? 0, client.LastHeard);
            if (time.GetElapsedTime(heard) < options.SilenceLimit / 3)
            {
                continue;
            }

            using var limit = new CancellationTokenSource(options.SilenceLimit * 2 / 3, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
            try
            {
                using var answers = await client.CallAsync(new RpcCall("eth_blockNumber"), either.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException failure) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
            {
                // A node that limits its rate has answered meanwhile, though not with the block number.
                if (Math.Max(subscription?.LastHeard ?? 0, client.LastHeard) == heard)
                {
                    throw new SourceLostException(SourceLossReason.Silent, $"No data arrived for {options.SilenceLimit}.", failure);
                }
            }
        }
    }

    private static async Task ThrowAtEndAsync(RpcSubscription subscription, CancellationToken cancellationToken) =>
        throw await subscription.WaitForEndAsync(cancellationToken).ConfigureAwait(false);

    private ValueTask ReportLossAsync(SourceLostException loss, CancellationToken cancellationToken)
    {
        metrics.SourceLost(loss.Reason);
        return listener.Record.LostAsync(loss.Reason, loss.Message, cancellationToken);
    }
}
