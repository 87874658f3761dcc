using Mempulse.JsonRpc.Calls;
using Mempulse.JsonRpc.Transports;
using Mempulse.Net.Ingest;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Net.Blocks;

/// <summary>Advances the recorded chain to a node's head: missing blocks, reorgs with their common ancestor, gaps, and chains replaced beyond finality.</summary>
/// <remarks>
/// <para>A reorg needs a proof: the node reports another canonical block at a recorded height, or does not report the recorded head for
/// <see cref="BlockFollowerOptions.RollbackPatience"/>. Until then a shorter chain is that of a node that lags (docs/decisions/0093).</para>
/// <para>Confined to the follower's loop. The window changes with each record posted, so a failure in between loses nothing.</para>
/// </remarks>
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
    private readonly HeadAbsence _absence;
    private readonly ChainDeparture _departure;
    private readonly RecentSet<Hash256> _left; // blocks that a reorg removed
    private SourceId? _tipSource;

    public ChainTracker(BlockFollowerOptions options, BlockFetcher fetcher, BlockRecorder recorder, ReceiptBacklog receipts, IngestPipeline pipeline, TimeProvider time)
    {
        _options = options;
        _fetcher = fetcher;
        _recorder = recorder;
        _receipts = receipts;
        _pipeline = pipeline;
        _time = time;
        _window = new ChainWindow(options.WindowBlocks);
        _absence = new HeadAbsence(options.RollbackPatience, time);
        _departure = new ChainDeparture(options, _window);
        _left = new RecentSet<Hash256>(options.WindowBlocks);
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

    /// <summary>Notes a head from any source: while one of them reports our head or a higher one, ours is not gone.</summary>
    public void Note(HeadNotice head)
    {
        if (_window.Tip is { } tip && (head.Hash == tip.Hash || head.Number > tip.Number))
        {
            _absence.End();
        }
    }

    /// <summary>Records the changes that lead from our head to the node's.</summary>
    /// <param name="client">The node.</param>
    /// <param name="source">The node's name in the log.</param>
    /// <param name="head">The head that it reports.</param>
    /// <param name="others">The other connected nodes, which can contradict a chain that is replaced beyond finality.</param>
    /// <param name="cancellationToken">Ends the calls.</param>
    /// <exception cref="RpcTransportException">The node does not answer. What was recorded remains valid.</exception>
    /// <exception cref="BlockUnusableException">The block returned is not the one requested, or its chain is contradicted.</exception>
    public async Task AdvanceAsync(RpcClient client, SourceId source, HeadNotice head, IReadOnlyList<RpcClient> others, CancellationToken cancellationToken)
    {
        if (_window.Tip is not { } tip)
        {
            if (await _fetcher.FetchAsync(client, head.Hash, cancellationToken).ConfigureAwait(false) is { } first)
            {
                await RememberAncestorsAsync(client, first, cancellationToken).ConfigureAwait(false);
                await RecordBranchAsync(client, source, [first], cancellationToken).ConfigureAwait(false);
            }
        }
        else if (head.Hash == tip.Hash)
        {
            return;
        }
        else if (_window.TryFind(head.Hash, out var known))
        {
            if (await HasRolledBackAsync(client, source, head, tip, cancellationToken).ConfigureAwait(false))
            {
                await LeaveAsync(client, source, head, known, others, cancellationToken).ConfigureAwait(false);
            }
        }
        else if (head.Number < _window.Lowest!.Value.Number)
        {
            if (await HasRolledBackAsync(client, source, head, tip, cancellationToken).ConfigureAwait(false))
            {
                await LeaveAsync(client, source, head, ancestor: null, others, cancellationToken).ConfigureAwait(false);
            }
        }
        else if (await CollectBranchAsync(client, head.Hash, tip, cancellationToken).ConfigureAwait(false) is { } branch)
        {
            await JoinAsync(client, source, tip, branch, others, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Records that a block was rejected.</summary>
    public ValueTask RecordDropAsync(SourceId source, BlockUnusableException fault, CancellationToken cancellationToken) =>
        PostAsync(new LogEvent.BlockIngestDropped(fault.Block, fault.Reason, fault.Number, fault.Message), source, cancellationToken);

    /// <summary>Returns true if the node that reported our head has not reported it for long enough, and still does not have it.</summary>
    /// <remarks>
    /// A notification may be late, so only polls count. A node that never reported our head is merely behind; after a restart, which node
    /// did is known only if there is one.
    /// </remarks>
    private async Task<bool> HasRolledBackAsync(RpcClient client, SourceId source, HeadNotice head, SeenBlock tip, CancellationToken cancellationToken)
    {
        bool hadOurHead = _tipSource is { } tipSource ? source == tipSource : _options.Endpoints.Count == 1;
        if (!head.IsPolled || !hadOurHead || !_absence.Note(client, tip, head.Number.Value))
        {
            return false;
        }

        if (await ChainProof.HasLeftAsync(client, tip.Number, head.Hash, cancellationToken).ConfigureAwait(false))
        {
            return true;
        }

        _absence.End();
        return false;
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

    private async Task JoinAsync(
        RpcClient client, SourceId source, SeenBlock tip, List<VerifiedBlock> branch, IReadOnlyList<RpcClient> others, CancellationToken cancellationToken)
    {
        var lowest = branch[^1];
        var head = new HeadNotice(default, branch[0].Hash, branch[0].Number, IsPolled: false);
        if (_window.TryFind(lowest.Header.ParentHash, out var ancestor))
        {
            if (ancestor.Hash != tip.Hash)
            {
                if (!await IsCanonicalAsync(client, tip, head, cancellationToken).ConfigureAwait(false))
                {
                    return;
                }

                await LeaveAsync(client, source, head, ancestor, others, cancellationToken).ConfigureAwait(false);
            }
        }
        else if (lowest.Number > tip.Number)
        {
            if (await ChainProof.ReadHashAsync(client, tip.Number, cancellationToken).ConfigureAwait(false) is { } other && other != tip.Hash)
            {
                // Our head left the chain while blocks were missed. The next head continues from the ancestor.
                var shared = await ChainProof.FindAncestorAsync(client, _window.Blocks(), cancellationToken).ConfigureAwait(false);
                await LeaveAsync(client, source, head, shared, others, cancellationToken).ConfigureAwait(false);
                return;
            }

            await RecordGapAsync(source, tip, lowest, cancellationToken).ConfigureAwait(false);
            await RememberAncestorsAsync(client, lowest, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            if (!await IsCanonicalAsync(client, tip, head, cancellationToken).ConfigureAwait(false))
            {
                return;
            }

            await LeaveAsync(client, source, head, ancestor: null, others, cancellationToken).ConfigureAwait(false);
            await RememberAncestorsAsync(client, lowest, cancellationToken).ConfigureAwait(false);
        }

        await RecordBranchAsync(client, source, branch, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Returns true if a head that does not extend ours is the node's canonical block at its height, not one that it has left.</summary>
    /// <remarks>
    /// A branch that we left is taken again when it has grown beyond our head or our head stays absent: an endpoint with backends on both
    /// sides of a fork would otherwise be a reorg with each answer.
    /// </remarks>
    private async Task<bool> IsCanonicalAsync(RpcClient client, SeenBlock tip, HeadNotice head, CancellationToken cancellationToken)
    {
        if (head.Number <= tip.Number && _left.Contains(head.Hash) && !_absence.Note(client, tip, head.Number.Value))
        {
            return false;
        }

        return await ChainProof.ReadHashAsync(client, head.Number, cancellationToken).ConfigureAwait(false) == head.Hash;
    }

    /// <summary>Remembers the ancestors of a block that no recorded block leads to, so that a reorg finds its common ancestor from the start.</summary>
    private async Task RememberAncestorsAsync(RpcClient client, VerifiedBlock block, CancellationToken cancellationToken)
    {
        foreach (var ancestor in await _fetcher.FetchAncestorsAsync(client, block, _options.WindowBlocks - 1, cancellationToken).ConfigureAwait(false))
        {
            _window.Push(ancestor);
        }
    }

    /// <summary>Records that the chain left the blocks above the ancestor; a null ancestor is below every block that is remembered.</summary>
    private async Task LeaveAsync(
        RpcClient client, SourceId source, HeadNotice head, SeenBlock? ancestor, IReadOnlyList<RpcClient> others, CancellationToken cancellationToken)
    {
        var left = await _departure.DescribeAsync(client, head, ancestor, others, cancellationToken).ConfigureAwait(false);
        await PostAsync(left, source, cancellationToken).ConfigureAwait(false);
        _window.CutAbove(ancestor).ForEach(block => _left.Add(block.Hash));
        _tipSource = source;
        _absence.End();
        _receipts.CutAbove(ancestor?.Number);
    }

    private async Task RecordGapAsync(SourceId source, SeenBlock tip, VerifiedBlock lowest, CancellationToken cancellationToken)
    {
        var gap = new LogEvent.ChainGap(
            new BlockNumber(tip.Number.Value + 1), new BlockNumber(lowest.Number.Value - 1), $"More than {_options.MaxBackfillBlocks} blocks were missed.");
        await PostAsync(gap, source, cancellationToken).ConfigureAwait(false);
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
