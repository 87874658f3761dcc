using System.Text.Json;
using System.Threading.Channels;
using Mempulse.Ethereum.JsonRpc;
using Mempulse.JsonRpc.Calls;
using Mempulse.JsonRpc.Endpoints;
using Mempulse.Net.Ingest;
using Mempulse.Net.Sources;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Net.Blocks;

/// <summary>One node that tells its heads, by subscription and when asked.</summary>
internal sealed class HeadSource(
    BlockFollowerOptions options,
    int index,
    IngestPipeline pipeline,
    ChannelWriter<HeadNotice> heads,
    TimeProvider time) : ISourceListener
{
    private readonly RpcEndpoint _endpoint = options.Endpoints[index];
    private readonly Channel<string> _distrust = Channel.CreateBounded<string>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });
    private RpcClient? _client;
    private long _headCount;
    private long _losses;
    private UnixNanoseconds _lastHeard;
    private bool _isConnected;
    private string _lastLoss = string.Empty;

    /// <summary>Its identity in events.</summary>
    public SourceId Id { get; } = SourceId.Of(options.Endpoints[index].Name);

    /// <summary>For calls while it is connected; else null.</summary>
    public RpcClient? Client => Volatile.Read(ref _client);

    /// <inheritdoc/>
    public IReadOnlyList<object> Subscription { get; } = ["newHeads"];

    /// <summary>What it gave is not to be believed: it is to be lost.</summary>
    public void Distrust(string why) => _distrust.Writer.TryWrite(why);

    /// <inheritdoc/>
    public async ValueTask ConnectedAsync(SourceSession session, CancellationToken cancellationToken)
    {
        _isConnected = true;
        await PostAsync(
            new LogEvent.SourceConnected(_endpoint.Name, options.Name, session.Endpoint.Shown, options.Chain, session.ClientVersion, IsSynthetic: false),
            cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask LostAsync(SourceLostException loss, CancellationToken cancellationToken)
    {
        _isConnected = false;
        _losses++;
        _lastLoss = $"{loss.Reason}: {loss.Message}";
        await PostAsync(new LogEvent.SourceLost(_endpoint.Name, loss.Reason, loss.Message), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Puts the end on record, if the source was connected.</summary>
    public ValueTask StopAsync(CancellationToken cancellationToken) => _isConnected
        ? LostAsync(new SourceLostException(SourceLossReason.Shutdown, "The lane was stopped."), cancellationToken)
        : ValueTask.CompletedTask;

    /// <inheritdoc/>
    public void Notified(JsonElement result)
    {
        if (RpcBlockReader.TryReadHeader(result, out var header, out var hash, out var failure))
        {
            Tell(hash, header.Number, isPolled: false);
        }
        else
        {
            Distrust($"A head is none: {failure}");
        }
    }

    /// <inheritdoc/>
    public async Task RunConnectedAsync(SourceSession session, CancellationToken cancellationToken)
    {
        Volatile.Write(ref _client, session.Client);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var polling = PollAsync(session.Client, ended.Token);
        var trusting = ThrowAtDistrustAsync(ended.Token);
        try
        {
            await (await Task.WhenAny(polling, trusting).ConfigureAwait(false)).ConfigureAwait(false);
        }
        finally
        {
            Volatile.Write(ref _client, null);
            await ended.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(polling, trusting).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>The source as it stands.</summary>
    public SourceStatus ReadStatus() =>
        new(_endpoint.Name, _endpoint.Shown, _isConnected, Interlocked.Read(ref _headCount), _losses, _lastHeard, _lastLoss);

    private async Task PollAsync(RpcClient client, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await BlockFetcher.ReadHeadAsync(client, cancellationToken).ConfigureAwait(false) is not { } head)
            {
                throw new SourceLostException(SourceLossReason.ProtocolViolation, "The node does not tell its head.");
            }

            Tell(head.Hash, head.Number, isPolled: true);
            await Task.Delay(options.PollInterval, time, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task ThrowAtDistrustAsync(CancellationToken cancellationToken)
    {
        string why = await _distrust.Reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        throw new SourceLostException(SourceLossReason.ProtocolViolation, why);
    }

    private void Tell(Hash256 hash, BlockNumber number, bool isPolled)
    {
        _lastHeard = ObservationClock.Now(time);
        Interlocked.Increment(ref _headCount);
        heads.TryWrite(new HeadNotice(index, hash, number, isPolled));
    }

    private async ValueTask PostAsync(LogEvent logEvent, CancellationToken cancellationToken) =>
        await pipeline.PostAsync(IngestItem.Ready(logEvent, Id, ObservationClock.Now(time)), cancellationToken).ConfigureAwait(false);
}
