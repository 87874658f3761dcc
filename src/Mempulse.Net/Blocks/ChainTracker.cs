using Mempulse.JsonRpc.Calls;
using Mempulse.JsonRpc.Transports;
using Mempulse.Net.Ingest;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Net.Blocks;

/// <summary>Advances the recorded chain to a node's head: missing blocks, reorgs with their common ancestor, gaps.</summary>
/// <remarks>Confined to the follower's loop. The window changes with each record posted, so a failure in between loses nothing.</remarks>
internal sealed class ChainTracker
{
    /// <summary>Number of blocks by which another source must lead to be followed instead.</summary>
    private const ulong FarAheadBlocks = 2;

    private readonly BlockFollowerOptions _options;
    private readonly BlockFetcher _fetcher;
    private readonly BlockRecorder _recorder;
    private readonly ReceiptBacklog _receipts;
    private readonly IngestPipeline _pipeline;
    private readonly TimeProvider _time;
    private readonly ChainWindow _window;
    private SourceId _tipSource;

    public ChainTracker(BlockFollowerOptions options, BlockFetcher fetcher, BlockRecorder recorder, ReceiptBacklog receipts, IngestPipeline pipeline, TimeProvider time)
    {
        _options = options;
        _fetcher = fetcher;
        _recorder = recorder;
        _receipts = receipts;
        _pipeline = pipeline;
        _time = time;
        _window = new ChainWindow(options.WindowBlocks);
        foreach (var block in options.ResumeFrom.OrderBy(static block => block.Number.Value))
        {
            if (_window.Tip is { } tip && block.ParentHash != tip.Hash)
            {
                _window.Clear();
            }

            _window.Push(block);
        }
    }

    /// <summary>Returns true if a head is so far above ours that our source has fallen behind.</summary>
    public bool IsFarAhead(HeadNotice head) => _window.Tip is { } tip && head.Number.Value > tip.Number.Value + FarAheadBlocks;

    /// <summary>Records the changes that lead from our head to the node's.</summary>
    /// <exception cref="RpcTransportException">The node does not answer. What was recorded remains valid.</exception>
    /// <exception cref="BlockUnusableException">The block returned is not the one requested.</exception>
    public async Task AdvanceAsync(RpcClient client, SourceId source, HeadNotice head, CancellationToken cancellationToken)
    {
        if (_window.Tip is not { } tip)
        {
            if (await _fetcher.FetchAsync(client, head.Hash, cancellationToken).ConfigureAwait(false) is { } first)
            {
                await RememberAncestorsAsync(client, first, cancellationToken).ConfigureAwait(false);
                await RecordBranchAsync(client, source, [first], cancellationToken).ConfigureAwait(false);
            }
        }
        else if (_window.TryFind(head.Hash, out var known))
        {
            await ConsiderShorterAsync(client, source, head, tip, known, cancellationToken).ConfigureAwait(false);
        }
        else if (await CollectBranchAsync(client, head.Hash, tip, cancellationToken).ConfigureAwait(false) is { } branch)
        {
            await JoinAsync(client, source, tip, branch, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Records that a block was rejected.</summary>
    public ValueTask RecordDropAsync(SourceId source, BlockUnusableException fault, CancellationToken cancellationToken) =>
        PostAsync(new LogEvent.BlockIngestDropped(fault.Block, fault.Reason, fault.Number, fault.Message), source, cancellationToken);

    /// <summary>A head below ours is outdated or from a lagging node, unless the node that gave us our head reports it twice: then it reverted blocks.</summary>
    private async Task ConsiderShorterAsync(
        RpcClient client, SourceId source, HeadNotice head, SeenBlock tip, SeenBlock known, CancellationToken cancellationToken)
    {
        if (known.Hash == tip.Hash || !head.IsPolled || source != _tipSource)
        {
            return;
        }

        if (await BlockFetcher.ReadHeadAsync(client, cancellationToken).ConfigureAwait(false) is { } now && now.Hash == known.Hash)
        {
            await RecordReorgAsync(source, known.Hash, tip, known, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Fetches the blocks from the head down to a child of a recorded block, newest first, within the limits on depth and distance.</summary>
    /// <returns>Null if the node does not have one of them.</returns>
    private async Task<List<VerifiedBlock>?> CollectBranchAsync(RpcClient client, Hash256 head, SeenBlock tip, CancellationToken cancellationToken)
    {
        var branch = new List<VerifiedBlock>();
        var next = head;
        while (true)
        {
            if (await _fetcher.FetchAsync(client, next, cancellationToken).ConfigureAwait(false) is not { } block)
            {
                return null;
            }

            branch.Add(block);
            bool isTooFar = branch[0].Number.Value > tip.Number.Value + (ulong)_options.MaxBackfillBlocks + 1;
            bool isTooDeep = block.Number <= _window.Lowest!.Value.Number;
            if (isTooFar || isTooDeep || _window.TryFind(block.Header.ParentHash, out _))
            {
                return branch;
            }

            next = block.Header.ParentHash;
        }
    }

    private async Task JoinAsync(RpcClient client, SourceId source, SeenBlock tip, List<VerifiedBlock> branch, CancellationToken cancellationToken)
    {
        var lowest = branch[^1];
        if (_window.TryFind(lowest.Header.ParentHash, out var ancestor))
        {
            if (ancestor.Hash != tip.Hash)
            {
                await RecordReorgAsync(source, branch[0].Hash, tip, ancestor, cancellationToken).ConfigureAwait(false);
            }
        }
        else
        {
            await RecordGapAsync(source, tip, lowest, cancellationToken).ConfigureAwait(false);
            await RememberAncestorsAsync(client, lowest, cancellationToken).ConfigureAwait(false);
        }

        await RecordBranchAsync(client, source, branch, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Remembers the ancestors of a block that no recorded block leads to, so that a reorg finds its common ancestor from the start.</summary>
    private async Task RememberAncestorsAsync(RpcClient client, VerifiedBlock block, CancellationToken cancellationToken)
    {
        foreach (var ancestor in await _fetcher.FetchAncestorsAsync(client, block, _options.WindowBlocks - 1, cancellationToken).ConfigureAwait(false))
        {
            _window.Push(ancestor);
        }
    }

    private async Task RecordReorgAsync(SourceId source, Hash256 newHead, SeenBlock tip, SeenBlock ancestor, CancellationToken cancellationToken)
    {
        var reorg = new LogEvent.ReorgDetected(newHead, tip.Hash, ancestor.Hash, ancestor.Number, tip.Number.Value - ancestor.Number.Value);
        await PostAsync(reorg, source, cancellationToken).ConfigureAwait(false);
        _window.CutAbove(ancestor);
        _receipts.CutAbove(ancestor.Number);
    }

    private async Task RecordGapAsync(SourceId source, SeenBlock tip, VerifiedBlock lowest, CancellationToken cancellationToken)
    {
        bool isAhead = lowest.Number > tip.Number;
        ulong last = Math.Max(lowest.Number.Value, 1) - 1;
        ulong from = isAhead ? tip.Number.Value + 1 : Math.Min(_window.Lowest!.Value.Number.Value, last);
        string detail = isAhead
            ? $"More than {_options.MaxBackfillBlocks} blocks were missed."
            : $"The chain replaced all {_options.WindowBlocks} remembered blocks.";
        await PostAsync(new LogEvent.ChainGap(new BlockNumber(from), new BlockNumber(last), detail), source, cancellationToken).ConfigureAwait(false);
        _window.Clear();
    }

    private async Task RecordBranchAsync(RpcClient client, SourceId source, List<VerifiedBlock> newestFirst, CancellationToken cancellationToken)
    {
        for (int i = newestFirst.Count - 1; i >= 0; i--)
        {
            var block = newestFirst[i];
            await _recorder.RecordAsync(client, source, block, cancellationToken).ConfigureAwait(false);
            _window.Push(block.Seen);
            _tipSource = source;
        }
    }

    private async ValueTask PostAsync(LaneFact fact, SourceId source, CancellationToken cancellationToken) =>
        await _pipeline.PostAsync(IngestItem.Ready(fact, source, ObservationClock.Now(_time)), cancellationToken).ConfigureAwait(false);
}
