using System.Text.Json;
using System.Threading.Channels;
using Mempulse.Ethereum.JsonRpc;
using Mempulse.JsonRpc.Calls;
using Mempulse.Net.Ingest;
using Mempulse.Net.Sources;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Net.Blocks;

/// <summary>Receives the heads of one node, by subscription and by polling.</summary>
internal sealed class HeadSource(
    BlockFollowerOptions options,
    int index,
    IngestPipeline pipeline,
    ChannelWriter<HeadNotice> heads,
    TimeProvider time) : ISourceListener
{
    private readonly Channel<string> _distrust = Channel.CreateBounded<string>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });
    private RpcClient? _client;
    private readonly UnreadMessages _unread = new();
    private long _headCount;

    /// <inheritdoc/>
    public SourceRecord Record { get; } = new(options.Endpoints[index], options.Name, options.Chain, pipeline, time);

    /// <summary>The client for calls while connected; otherwise null.</summary>
    public RpcClient? Client => Volatile.Read(ref _client);

    /// <inheritdoc/>
    public IReadOnlyList<object> Subscription { get; } = ["newHeads"];

    /// <summary>Loses the source, because its data is not credible.</summary>
    public void Distrust(string why) => _distrust.Writer.TryWrite(why);

    /// <inheritdoc/>
    /// <remarks>Only the hash is needed: the block is fetched by it and verified. Other fields may be missing, or be those of a later fork.</remarks>
    public void Notified(JsonElement result)
    {
        if (result.ValueKind == JsonValueKind.Object && result.TryGetProperty("hash"u8, out var named) && RpcHex.TryReadHash(named, out var hash))
        {
            ulong number = result.TryGetProperty("number"u8, out var height) && RpcHex.TryReadUInt64(height, out ulong read) ? read : 0;
            Report(hash, new BlockNumber(number), isPolled: false);
        }
        else
        {
            Unread("A notification of a head has no block hash.");
        }
    }

    /// <inheritdoc/>
    /// <remarks>The head is polled anyway, so nothing is lost but time.</remarks>
    public void Unread(string why)
    {
        Record.Heard();
        _unread.Add(why);
    }

    /// <inheritdoc/>
    public async Task RunConnectedAsync(SourceSession session, CancellationToken cancellationToken)
    {
        _distrust.Reader.TryRead(out _); // about an earlier session
        Volatile.Write(ref _client, session.Client);
        if (!session.IsSubscribed)
        {
            Record.ReceivedBy("polling eth_getBlockByNumber");
        }

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

    /// <inheritdoc/>
    public SourceStatus ReadStatus() => Record.ReadStatus(Interlocked.Read(ref _headCount));

    private async Task PollAsync(RpcClient client, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await BlockFetcher.ReadHeadAsync(client, cancellationToken).ConfigureAwait(false) is not { } head)
            {
                throw new SourceLostException(SourceLossReason.ProtocolViolation, "The node does not report its head.");
            }

            Report(head.Hash, head.Number, isPolled: true);
            await RecordUnreadAsync(cancellationToken).ConfigureAwait(false);
            await Task.Delay(options.PollInterval, time, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task ThrowAtDistrustAsync(CancellationToken cancellationToken)
    {
        string why = await _distrust.Reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        throw new SourceLostException(SourceLossReason.ProtocolViolation, why);
    }

    /// <summary>Records the messages that could not be read since the last poll as one drop.</summary>
    private async ValueTask RecordUnreadAsync(CancellationToken cancellationToken)
    {
        if (_unread.Take() is { } sentence)
        {
            var drop = new LogEvent.BlockIngestDropped(default, DropReason.InvalidProtocol, default, sentence);
            await pipeline.PostAsync(IngestItem.Ready(drop, Record.Id, ObservationClock.Now(time)), cancellationToken).ConfigureAwait(false);
        }
    }

    private void Report(Hash256 hash, BlockNumber number, bool isPolled)
    {
        Record.Heard();
        Interlocked.Increment(ref _headCount);
        heads.TryWrite(new HeadNotice(index, hash, number, isPolled));
    }
}
