using System.Globalization;
using System.Threading.Channels;
using Mempulse.Net.Ingest;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Net.Blocks;

/// <summary>Requests receipts that did not arrive with their block, with growing pauses and from every connected source, until they are recorded or given up.</summary>
/// <remarks>
/// The list is shared between the follower's loop and this one; each entry leaves it once: recorded, given up, or because its block left the chain.
/// </remarks>
internal sealed class ReceiptBacklog
{
    private readonly BlockFollowerOptions _options;
    private readonly ReceiptSources _sources;
    private readonly ReceiptRecorder _recorder;
    private readonly IngestPipeline _pipeline;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private readonly List<MissingReceipts> _missing = [];
    private readonly Channel<bool> _changed = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });

    /// <summary>A backlog with the blocks that lacked receipts when the log was opened.</summary>
    /// <param name="options">The limits.</param>
    /// <param name="sources">Returns receipts.</param>
    /// <param name="pipeline">Records facts.</param>
    /// <param name="time">The clock.</param>
    public ReceiptBacklog(BlockFollowerOptions options, ReceiptSources sources, IngestPipeline pipeline, TimeProvider time)
    {
        _options = options;
        _sources = sources;
        _recorder = new ReceiptRecorder(options.Logs, pipeline, time);
        _pipeline = pipeline;
        _time = time;
        foreach (var block in options.ResumeFrom.Where(static block => block.LacksReceipts).OrderBy(static block => block.Number.Value))
        {
            Add(new MissingReceipts(block.Number, block.Hash, null, time.GetTimestamp()));
        }
    }

    /// <summary>Records the receipts of a block that was just recorded, or has them asked for again.</summary>
    public async Task RecordOrWantAsync(SourceId source, VerifiedBlock block, BlockReceipts? known, CancellationToken cancellationToken)
    {
        RemoveFrom(block.Number);
        if (known is null)
        {
            lock (_gate)
            {
                Add(new MissingReceipts(block.Number, block.Hash, block, _time.GetTimestamp()));
            }

            _changed.Writer.TryWrite(true);
            await GiveUpOverflowAsync(source, cancellationToken).ConfigureAwait(false);
            return;
        }

        _pipeline.Metrics.ReceiptsRecorded(block.Transactions.Count == 0 ? "none" : "with_block");
        await _recorder.RecordAsync(source, block, known, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Forgets the blocks above an ancestor, which left the chain; all blocks when it is null.</summary>
    public void CutAbove(BlockNumber? ancestor) => RemoveFrom(new BlockNumber(ancestor is { } kept ? kept.Value + 1 : 0));

    /// <summary>Asks until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (NextDue(out var pause) is { } due)
            {
                await AskAsync(due, cancellationToken).ConfigureAwait(false);
            }
            else
            {
                await PauseAsync(pause, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Returns a sentence for receipts that are missing for longer than the limit; empty if none are.</summary>
    public IReadOnlyList<string> ReadProblems()
    {
        lock (_gate)
        {
            var late = _missing.FindAll(missing => _time.GetElapsedTime(missing.Since) > _options.ReceiptsLateAfter);
            return late.Count == 0 ? [] : [Describe(late)];
        }
    }

    private string Describe(List<MissingReceipts> late)
    {
        var oldest = late[0];
        string seconds = _time.GetElapsedTime(oldest.Since).TotalSeconds.ToString("F0", CultureInfo.InvariantCulture);
        string blocks = late.Count == 1 ? $"block {oldest.Number}" : $"{late.Count} blocks from {oldest.Number} to {late[^1].Number}";
        return $"The receipts of {blocks} are missing for {seconds} s, so the outcomes of the transactions are unknown. {oldest.Problem}";
    }

    private MissingReceipts? NextDue(out TimeSpan pause)
    {
        pause = Timeout.InfiniteTimeSpan;
        lock (_gate)
        {
            var next = _missing.MinBy(static missing => missing.DueAt);
            if (next is null)
            {
                return null;
            }

            var wait = _time.GetElapsedTime(_time.GetTimestamp(), next.DueAt);
            pause = wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
            return wait > TimeSpan.Zero ? null : next;
        }
    }

    private async Task PauseAsync(TimeSpan pause, CancellationToken cancellationToken)
    {
        using var due = new CancellationTokenSource(pause, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(due.Token, cancellationToken);
        Task changed = _changed.Reader.WaitToReadAsync(either.Token).AsTask();
        await changed.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _changed.Reader.TryRead(out _);
        cancellationToken.ThrowIfCancellationRequested();
    }

    private async Task AskAsync(MissingReceipts missing, CancellationToken cancellationToken)
    {
        var (receipts, source) = await _sources.AskAsync(missing, cancellationToken).ConfigureAwait(false);
        if (receipts is not null && Remove(missing))
        {
            _pipeline.Metrics.ReceiptsRecorded(receipts.IsVerified ? "later" : "unverified");
            await _recorder.RecordAsync(source, missing.Block!, receipts, cancellationToken).ConfigureAwait(false);
        }
        else if (receipts is null && missing.Attempts < _options.ReceiptAttempts)
        {
            Postpone(missing);
        }
        else if (receipts is null && Remove(missing))
        {
            await GiveUpAsync(missing, source, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Gives up the oldest blocks when more lack receipts than the window holds.</summary>
    private async Task GiveUpOverflowAsync(SourceId source, CancellationToken cancellationToken)
    {
        MissingReceipts? oldest;
        lock (_gate)
        {
            oldest = _missing.Count > _options.WindowBlocks ? _missing[0] : null;
        }

        if (oldest is not null && Remove(oldest))
        {
            await GiveUpAsync(oldest, source, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task GiveUpAsync(MissingReceipts missing, SourceId source, CancellationToken cancellationToken)
    {
        _pipeline.Metrics.ReceiptsRecorded("given_up");
        string detail = $"No source returned the receipts in {missing.Attempts} attempts. {missing.Problem}";
        await PostAsync(new LogEvent.BlockIngestDropped(missing.Hash, DropReason.ReceiptsUnavailable, missing.Number, detail), source, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask PostAsync(LaneFact fact, SourceId source, CancellationToken cancellationToken) =>
        await _pipeline.PostAsync(IngestItem.Ready(fact, source, ObservationClock.Now(_time)), cancellationToken).ConfigureAwait(false);

    private void Postpone(MissingReceipts missing)
    {
        var pause = missing.NextPause(_options.ReceiptRetryDelay, _options.MaxReceiptRetryDelay);
        lock (_gate)
        {
            missing.DueAt = _time.GetTimestamp() + (long)(pause.TotalSeconds * _time.TimestampFrequency);
        }
    }

    private void Add(MissingReceipts missing)
    {
        Invariant.That(_missing.Count == 0 || _missing[^1].Number < missing.Number, "INV-101", "blocks that lack receipts are listed once, in ascending order of height");
        _missing.Add(missing);
        _pipeline.Metrics.ReceiptsMissing(1);
    }

    private bool Remove(MissingReceipts missing)
    {
        lock (_gate)
        {
            bool isRemoved = _missing.Remove(missing);
            _pipeline.Metrics.ReceiptsMissing(isRemoved ? -1 : 0);
            return isRemoved;
        }
    }

    private void RemoveFrom(BlockNumber number)
    {
        lock (_gate)
        {
            _pipeline.Metrics.ReceiptsMissing(-_missing.RemoveAll(missing => missing.Number >= number));
        }
    }
}
