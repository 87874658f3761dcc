using System.Threading.Channels;
using Mempulse.Ethereum.Signatures;
using Mempulse.JsonRpc.Calls;
using Mempulse.Net.Decoding;
using Mempulse.Net.Ingest;
using Mempulse.Net.Sinks;
using Mempulse.Net.Sources;
using Mempulse.Observability;
using Mempulse.Primitives;

namespace Mempulse.Net.Blocks;

/// <summary>Follows the canonical chain of one chain id as a lane: each block once and on top of its parent, each reorg with its common ancestor, each gap.</summary>
/// <remarks>Follows one node at a time. When it is lost or falls behind, the next connected one takes over.</remarks>
public sealed class BlockFollower : IIngestLane
{
    /// <summary>Capacity of the queue of heads. The oldest is evicted, because any later head leads to the same chain.</summary>
    private const int WaitingHeads = 64;

    /// <summary>The follower posts no bodies.</summary>
    private const int NoBodies = 0;

    private readonly BlockFollowerOptions _options;
    private readonly IngestPipeline _pipeline;
    private readonly LaneSupervisor _supervisor;
    private readonly HeadSource[] _sources;
    private readonly SourceLoops _loops;
    private readonly ChainTracker _tracker;
    private readonly ReceiptSources _receiptSources;
    private readonly ReceiptBacklog _receipts;
    private readonly Channel<HeadNotice> _heads = Channel.CreateBounded<HeadNotice>(
        new BoundedChannelOptions(WaitingHeads) { FullMode = BoundedChannelFullMode.DropOldest });

    /// <summary>Creates a follower, which is not started yet.</summary>
    /// <exception cref="System.ComponentModel.DataAnnotations.ValidationException">An option is not valid.</exception>
    public BlockFollower(BlockFollowerOptions options, IEventSink sink, TimeProvider time)
    {
        options.Validate();
        _options = options;
        _pipeline = new IngestPipeline(new LaneMeter(options.Meters, options.Chain, options.Name), options.Pipeline, new DecodedBodies(NoBodies), sink, TransactionBodyDecoder.For(options.Chain), time);
        _supervisor = new LaneSupervisor(_pipeline);
        _sources = [.. options.Endpoints.Select((_, index) => new HeadSource(options, index, _pipeline, _heads.Writer, time))];
        _loops = new SourceLoops(_sources, options.Endpoints, options.Chain, options.Connection, time, _pipeline.Metrics);
        var fetcher = NewFetcher(options);
        _receiptSources = new ReceiptSources(options, NewFetcher(options), source => _sources[source].Client is not null, _pipeline, time);
        _receipts = new ReceiptBacklog(options, _receiptSources, _pipeline, time);
        _tracker = new ChainTracker(options, fetcher, new BlockRecorder(fetcher, _receiptSources, _receipts, _pipeline, time), _receipts, _pipeline, time);
    }

    /// <inheritdoc/>
    public string Name => _options.Name;

    /// <inheritdoc/>
    public Task Completion => _supervisor.Completion;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => _supervisor.StartAsync([.. _loops.Parts, FollowAsync, _receipts.RunAsync], cancellationToken);

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _supervisor.StopPartsAsync().ConfigureAwait(false);
        await _loops.StopAsync(cancellationToken).ConfigureAwait(false);
        await _pipeline.CompleteAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public LaneStatus ReadStatus() => _pipeline.ReadStatus(_loops.ReadStatus()) with { Problems = _receipts.ReadProblems() };

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _supervisor.DisposeAsync().ConfigureAwait(false);
        await _receiptSources.DisposeAsync().ConfigureAwait(false);
        await _pipeline.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>A fetcher for one loop: it verifies with buffers of its own.</summary>
    private static BlockFetcher NewFetcher(BlockFollowerOptions options) => new(new BlockVerifier(SenderRecovery.CreateBest()), options.Chain, options.ItemsPerCall);

    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        int followed = 0;
        await foreach (var head in _heads.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            _tracker.Note(head);
            bool isFollowedLost = _sources[followed].Client is null;
            if (head.Source == followed || isFollowedLost || _tracker.IsFarAhead(head))
            {
                followed = head.Source;
                await TakeHeadAsync(_sources[followed], head, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task TakeHeadAsync(HeadSource source, HeadNotice head, CancellationToken cancellationToken)
    {
        if (source.Client is not { } client)
        {
            return;
        }

        try
        {
            await _tracker.AdvanceAsync(client, source.Record.Id, head, ConnectedClients(), cancellationToken).ConfigureAwait(false);
        }
        catch (BlockUnusableException fault)
        {
            await _tracker.RecordDropAsync(source.Record.Id, fault, cancellationToken).ConfigureAwait(false);
            source.Distrust(fault.Message);
        }
        catch (Exception failure) when (failure is not InvariantBrokenException && !cancellationToken.IsCancellationRequested)
        {
            // The source's boundary: its loop detects the failure, and the head is reported again by this source or another.
        }
    }

    private RpcClient[] ConnectedClients() => [.. _sources.Select(static source => source.Client).OfType<RpcClient>()];
}
