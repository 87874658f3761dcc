using Mempulse.Ethereum.Blocks;
using Mempulse.Ethereum.JsonRpc;
using Mempulse.Ethereum.Signatures;
using Mempulse.JsonRpc.Calls;
using Mempulse.JsonRpc.Endpoints;
using Mempulse.JsonRpc.Transports;
using Mempulse.Observability;
using Mempulse.Primitives;

namespace Mempulse.ChainState;

/// <summary>Provides state from JSON-RPC nodes. The first node that has a block serves all of its state.</summary>
/// <remarks>
/// Safe for any thread. A node that sends proofs cannot lie: every value is verified against the state root of a header that hashes to the
/// block's hash. Fetched state is cached by block hash, within <see cref="RpcStateOptions"/>.
/// </remarks>
public sealed class RpcStateProvider : IStateProvider, IAsyncDisposable
{
    private const string NoNodeAnswers = "No node of this chain answers.";

    private readonly List<StateNode> _nodes;
    private readonly RpcStateOptions _options;
    private readonly StateMeter _meter;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private readonly List<RpcBlockState> _blocks = []; // the most recently used last

    /// <summary>Creates a provider over <paramref name="endpoints"/>, which are asked in this order.</summary>
    public RpcStateProvider(
        IReadOnlyList<RpcEndpoint> endpoints, RpcConnectionOptions connection, RpcStateOptions options, ISenderRecovery recovery, StateMeter meter, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        _meter = meter;
        _time = time;
        _nodes = [.. endpoints.Select(endpoint => new StateNode(endpoint.Name, new RpcClient(endpoint.CallUrl, connection, time, meter.Calls), recovery))];
    }

    /// <inheritdoc/>
    public async Task<BlockHeader> HeaderAsync(string tag, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tag);
        if (Hash256.TryParse(tag, out var hash) && Use(hash) is { } known)
        {
            return known.Header;
        }

        var (_, header) = await FindAsync(tag, cancellationToken).ConfigureAwait(false);
        return header;
    }

    /// <inheritdoc/>
    public async Task<IBlockState> AtAsync(Hash256 block, CancellationToken cancellationToken)
    {
        if (Use(block) is { } known)
        {
            return known;
        }

        var (node, header) = await FindAsync(block.ToString(), cancellationToken).ConfigureAwait(false);
        return Keep(new RpcBlockState(header, block, node, _options, _meter, _time));
    }

    /// <inheritdoc/>
    public async Task<(BlockContents? Contents, string Problem)> ContentsAsync(Hash256 block, CancellationToken cancellationToken)
    {
        string problem = NoNodeAnswers;
        foreach (var node in _nodes)
        {
            try
            {
                using var blocks = await node.Client.CallAsync(new RpcCall("eth_getBlockByHash", block.ToString(), true), cancellationToken).ConfigureAwait(false);
                using var receipts = await node.Client.CallAsync(new RpcCall("eth_getBlockReceipts", block.ToString()), cancellationToken).ConfigureAwait(false);
                if (!blocks[0].HasResult || !receipts[0].HasResult)
                {
                    problem = $"The node has no block {block}, or no receipts of it.";
                }
                else if (BlockContentsReader.Read(blocks[0].Result, receipts[0].Result, block, out problem) is { } contents)
                {
                    return (contents, string.Empty);
                }
            }
            catch (RpcTransportException failure)
            {
                problem = $"{NoNodeAnswers} {failure.Message}";
            }
        }

        return (null, problem);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<TxStatement>> AskAsync(Hash256 tx, CancellationToken cancellationToken) =>
        await Task.WhenAll(_nodes.Select(node => TxStatementReader.AskAsync(node, tx, cancellationToken))).ConfigureAwait(false);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
        {
            await node.Client.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Returns the first node that has the block, with the header, which is the requested one where the tag is a hash or a height.</summary>
    private async Task<(StateNode Node, BlockHeader Header)> FindAsync(string tag, CancellationToken cancellationToken)
    {
        bool isHash = Hash256.TryParse(tag, out _);
        var call = new RpcCall(isHash ? "eth_getBlockByHash" : "eth_getBlockByNumber", tag, false);
        string problem = NoNodeAnswers;
        var reason = StateUnavailability.NoNodeAnswers;
        foreach (var node in _nodes)
        {
            try
            {
                using var answers = await node.Client.CallAsync(call, cancellationToken).ConfigureAwait(false);
                if (TryReadHeader(answers[0], tag, out var header, out problem))
                {
                    return (node, header!);
                }

                reason = StateUnavailability.UnknownBlock;
            }
            catch (RpcTransportException failure)
            {
                problem = reason == StateUnavailability.NoNodeAnswers ? $"{NoNodeAnswers} {failure.Message}" : problem;
            }
        }

        throw new StateUnavailableException(reason, problem);
    }

    private static bool TryReadHeader(in RpcAnswer answer, string tag, out BlockHeader? header, out string problem)
    {
        header = null;
        problem = string.Empty;
        if (!answer.HasResult)
        {
            problem = answer.Refusal.Message.Length > 0 ? $"The node has no block {tag}: {answer.Refusal.Message}" : $"The node has no block {tag}.";
            return false;
        }

        if (!RpcBlockReader.TryReadHeader(answer.Result, out header, out var claimed, out var failure))
        {
            problem = $"Cannot read the node's header of block {tag}: {failure.Reason}";
            return false;
        }

        if (header.ComputeHash() is var hash && hash != claimed)
        {
            problem = $"The node's header of block {tag} hashes to {hash}, not to {claimed}.";
            return false;
        }

        if (!IsRequested(tag, header, claimed))
        {
            problem = $"The node returned block {header.Number}, {claimed}, for block {tag}.";
            return false;
        }

        return true;
    }

    /// <summary>A hash or a height names one block; only the node knows which block another tag names.</summary>
    private static bool IsRequested(string tag, BlockHeader header, in Hash256 hash) =>
        Hash256.TryParse(tag, out var requested) ? requested == hash
        : !UInt256.TryParse(tag, out var height) || height == header.Number.Value;

    private RpcBlockState? Use(Hash256 block)
    {
        lock (_gate)
        {
            int index = _blocks.FindIndex(known => known.Hash == block);
            if (index < 0)
            {
                return null;
            }

            var found = _blocks[index];
            _blocks.RemoveAt(index);

            // A block over the limit is fetched again; runs that use it keep it.
            if (found.SizeBytes > _options.MaxBlockBytes)
            {
                return null;
            }

            _blocks.Add(found);
            return found;
        }
    }

    private RpcBlockState Keep(RpcBlockState block)
    {
        lock (_gate)
        {
            if (_blocks.Find(known => known.Hash == block.Hash) is { } first)
            {
                return first;
            }

            _blocks.Add(block);
            if (_blocks.Count > _options.CachedBlocks)
            {
                _blocks.RemoveAt(0);
            }

            return block;
        }
    }
}
