using System.Text.Json;
using Mempulse.Ethereum.JsonRpc;
using Mempulse.JsonRpc.Calls;
using Mempulse.JsonRpc.Endpoints;
using Mempulse.JsonRpc.Transports;
using Mempulse.Observability;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Net.Sources;

/// <summary>Keeps one source connected: checks its chain, subscribes, listens, detects silence, and reconnects with growing pauses.</summary>
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
    private bool _isLossReported;

    /// <summary>Runs until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
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
        await CheckChainAsync(client, cancellationToken).ConfigureAwait(false);
        string version = await ReadVersionAsync(client, cancellationToken).ConfigureAwait(false);
        var session = new SourceSession(client, version);

        // Before the subscription, so that the connection is recorded before the first notification.
        await listener.Record.ConnectedAsync(session, cancellationToken).ConfigureAwait(false);
        _isLossReported = false;
        var subscription = endpoint.CanSubscribe
            ? await RpcSubscription.OpenAsync(endpoint.SubscribeUrl, listener.Subscription, listener.Notified, options, time, cancellationToken).ConfigureAwait(false)
            : null;
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

    private async Task CheckChainAsync(RpcClient client, CancellationToken cancellationToken)
    {
        using var answers = await client.CallAsync(new RpcCall("eth_chainId"), cancellationToken).ConfigureAwait(false);
        if (!RpcHex.TryReadUInt64(answers[0].Result, out ulong served))
        {
            throw new SourceLostException(SourceLossReason.ProtocolViolation, "The node does not return its chain id.");
        }

        if (served != chain.Value)
        {
            throw new SourceLostException(SourceLossReason.WrongChain, $"The node serves chain {served}, not {chain}.");
        }
    }

    private static async Task<string> ReadVersionAsync(RpcClient client, CancellationToken cancellationToken)
    {
        const int maxShownChars = 128;
        using var answers = await client.CallAsync(new RpcCall("web3_clientVersion"), cancellationToken).ConfigureAwait(false);
        string version = answers[0].Result is { ValueKind: JsonValueKind.String } text ? text.GetString()! : string.Empty;
        return version.Length <= maxShownChars ? version : version[..maxShownChars];
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

            if (time.GetElapsedTime(Math.Max(subscription?.LastHeard ?? 0, client.LastHeard)) < options.SilenceLimit / 3)
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
                throw new SourceLostException(SourceLossReason.Silent, $"No data arrived for {options.SilenceLimit}.", failure);
            }
        }
    }

    private static async Task ThrowAtEndAsync(RpcSubscription subscription, CancellationToken cancellationToken) =>
        throw await subscription.WaitForEndAsync(cancellationToken).ConfigureAwait(false);

    private async ValueTask ReportLossAsync(SourceLostException loss, CancellationToken cancellationToken)
    {
        metrics.SourceLost(loss.Reason);
        if (!_isLossReported)
        {
            _isLossReported = true;
            await listener.Record.LostAsync(loss.Reason, loss.Message, cancellationToken).ConfigureAwait(false);
        }
    }
}
