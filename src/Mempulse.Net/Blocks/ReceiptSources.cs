using Mempulse.JsonRpc.Calls;
using Mempulse.JsonRpc.Transports;
using Mempulse.Net.Ingest;
using Mempulse.Primitives;

namespace Mempulse.Net.Blocks;

/// <summary>The sources of receipts: the connected nodes in turn, and a peer after each of them, if the chain has peers.</summary>
/// <remarks>
/// Its calls have connections of their own, so that slow receipts delay no head. The follower's loop asks once (<see cref="AskOnceAsync"/>), the
/// backlog's loop again (<see cref="AskAsync"/>).
/// </remarks>
internal sealed class ReceiptSources : IAsyncDisposable
{
    private readonly BlockFollowerOptions _options;
    private readonly BlockFetcher _blocks;
    private readonly ReceiptFetcher _receipts;
    private readonly TimeProvider _time;
    private readonly RpcClient[] _clients;
    private readonly SourceId[] _ids;
    private readonly Func<int, bool> _isConnected;
    private bool _isLate;

    /// <summary>Sources that were not asked yet.</summary>
    /// <param name="options">The sources and the limits.</param>
    /// <param name="fetcher">Fetches blocks again after a restart; used by the backlog's loop only.</param>
    /// <param name="isConnected">States whether a node is connected, by its index.</param>
    /// <param name="pipeline">Counts calls.</param>
    /// <param name="time">The clock.</param>
    public ReceiptSources(BlockFollowerOptions options, BlockFetcher fetcher, Func<int, bool> isConnected, IngestPipeline pipeline, TimeProvider time)
    {
        _options = options;
        _blocks = fetcher;
        _receipts = new ReceiptFetcher(options.ItemsPerCall);
        _isConnected = isConnected;
        _time = time;
        _clients = [.. options.Endpoints.Select(endpoint => new RpcClient(endpoint.CallUrl, options.Connection, time, pipeline.Metrics.Calls))];
        _ids = [.. options.Endpoints.Select(static endpoint => SourceId.Of(endpoint.Name))];
    }

    /// <summary>Asks the block's source once, and waits briefly: receipts must not delay a head.</summary>
    public async Task<BlockReceipts?> AskOnceAsync(SourceId source, VerifiedBlock block, CancellationToken cancellationToken)
    {
        if (_isLate && block.Transactions.Count > 0)
        {
            return null; // answered late the last time: asked in the background until an answer is in time again
        }

        using var patience = new CancellationTokenSource(_options.ReceiptPatience, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            return (await _receipts.FetchAsync(_clients[Array.IndexOf(_ids, source)], block, isThorough: false, either.Token).ConfigureAwait(false)).Receipts;
        }
        catch (Exception failure) when (failure is not InvariantBrokenException && !cancellationToken.IsCancellationRequested)
        {
            // The source's boundary: its own loop detects the failure, and the receipts are asked for in the background.
            _isLate = true;
            return null;
        }
    }

    /// <summary>Asks the next node, and then a peer, for what is missing. Counts the attempt, unless no source is connected, and keeps the problem.</summary>
    /// <returns>The receipts, or null; and the source that was asked last.</returns>
    public async Task<(BlockReceipts? Receipts, SourceId Source)> AskAsync(MissingReceipts missing, CancellationToken cancellationToken)
    {
        int attempt = missing.Attempts;
        int? node = NextNode(attempt);
        bool isPeerThere = CanAskPeer(missing.Block);
        if (node is null && !isPeerThere)
        {
            missing.Problem = "No source is connected.";
            return (null, default);
        }

        missing.Attempts++;
        if (node is { } index && await AskNodeAsync(missing, index, cancellationToken).ConfigureAwait(false) is { } receipts)
        {
            return (receipts, _ids[index]);
        }

        return CanAskPeer(missing.Block)
            ? await AskPeerAsync(missing, attempt, cancellationToken).ConfigureAwait(false)
            : (null, node is null ? default : _ids[node.Value]);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients)
        {
            await client.DisposeAsync().ConfigureAwait(false);
        }
    }

    private bool CanAskPeer(VerifiedBlock? block) => block is not null && _options.Peers is { } peers && peers.CanAsk(block);

    private async Task<(BlockReceipts? Receipts, SourceId Source)> AskPeerAsync(MissingReceipts missing, int attempt, CancellationToken cancellationToken)
    {
        var (receipts, problem, peer) = await _options.Peers!.FetchAsync(missing.Block!, attempt, cancellationToken).ConfigureAwait(false);
        missing.Problem = peer.Length == 0 ? problem : $"{peer}: {problem}";
        return (receipts, peer.Length == 0 ? default : SourceId.Of(peer));
    }

    private async Task<BlockReceipts?> AskNodeAsync(MissingReceipts missing, int source, CancellationToken cancellationToken)
    {
        var client = _clients[source];
        try
        {
            missing.Block ??= await _blocks.FetchAsync(client, missing.Hash, cancellationToken).ConfigureAwait(false);
            if (missing.Block is null)
            {
                missing.Problem = "The node does not have the block.";
                return null;
            }

            long asked = _time.GetTimestamp();
            var (receipts, problem) = await _receipts.FetchAsync(client, missing.Block, isThorough: true, cancellationToken).ConfigureAwait(false);
            _isLate = _isLate && (receipts is null || _time.GetElapsedTime(asked) > _options.ReceiptPatience);
            missing.Problem = $"{_options.Endpoints[source].Name}: {problem}";
            return receipts;
        }
        catch (Exception failure) when (failure is not InvariantBrokenException && !cancellationToken.IsCancellationRequested)
        {
            // The source's boundary: its own loop detects the failure, and the receipts are asked for again.
            missing.Problem = failure is BlockUnusableException or RpcTransportException ? failure.Message : $"The call failed ({failure.GetType().Name}).";
            return null;
        }
    }

    /// <summary>Returns the node to ask at an attempt: the connected ones take turns.</summary>
    private int? NextNode(int attempts)
    {
        for (int step = 0; step < _clients.Length; step++)
        {
            int source = (attempts + step) % _clients.Length;
            if (_isConnected(source))
            {
                return source;
            }
        }

        return null;
    }
}
