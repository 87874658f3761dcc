using Mempulse.Net.Sinks;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;

namespace Mempulse.Net.Ingest;

/// <summary>Appends the lane's batches one at a time, and handles refusals of the log.</summary>
/// <remarks>Confined to its own loop. Records that must not be lost (a lost source, a block) wait in a separate batch until the log accepts records.</remarks>
internal sealed class BatchSender(
    PipelineContext context,
    IngestQueue queue,
    LaneRecorder recorder,
    DropLedger drops,
    IEventSink sink)
{
    /// <summary>Maximum bytes of records that wait for the log to accept them.</summary>
    private const int MaxKeptBytes = 256 << 10;

    private readonly Func<LogEvent.TxIngestDropped, SourceId, UnixNanoseconds, bool> _recordDrop = recorder.TryWrite;
    private EventBatch? _inFlight;
    private EventBatch? _kept;
    private long _appendedCount;
    private long _refusedAt;
    private bool _isRefusing;
    private bool _isLast;
    private string _refusal = string.Empty;

    /// <summary>Durable records.</summary>
    public long AppendedCount => Interlocked.Read(ref _appendedCount);

    /// <summary>False while the log refuses records.</summary>
    public bool IsLogAvailable => !Volatile.Read(ref _isRefusing);

    /// <summary>Runs until the pipeline is finished and everything is appended.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        do
        {
            await recorder.Ready.WaitAsync().ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            _isLast = recorder.IsFinished;
            do
            {
                await SendAllAsync(cancellationToken).ConfigureAwait(false);
            }
            while (_isLast && !_isRefusing && drops.HasOpen);
        }
        while (!_isLast);
    }

    /// <summary>Releases the bodies that are not known to be appended, so that another lane may record them. Called once nothing more is sent.</summary>
    public void GiveUpUnsent()
    {
        GiveUp(_inFlight);
        GiveUp(recorder.TakeUnsent());
    }

    private async ValueTask SendAllAsync(CancellationToken cancellationToken)
    {
        if (!_isRefusing || IsProbeDue())
        {
            drops.Drain(_isLast, _recordDrop);
        }

        while (recorder.TryTake(queue.AcceptedCount) is { } batch)
        {
            _inFlight = batch;
            await SendAsync(batch, cancellationToken).ConfigureAwait(false);
            _inFlight = null;
            recorder.Return(batch);
        }

        // No batch may follow that takes the kept records along: the lane may be quiet, or at its end.
        if (_kept is { Count: > 0 } && IsProbeDue())
        {
            await TrySendKeptAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask SendAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        if (_isRefusing && !IsProbeDue())
        {
            Absorb(batch);
            return;
        }

        // Kept records first: they are older, and the log accepts a lane's numbers in ascending order only.
        if (!await TrySendKeptAsync(cancellationToken).ConfigureAwait(false) || !await TryAppendAsync(batch, cancellationToken).ConfigureAwait(false))
        {
            Absorb(batch);
        }
    }

    private async ValueTask<bool> TrySendKeptAsync(CancellationToken cancellationToken)
    {
        if (_kept is { Count: > 0 } kept)
        {
            if (!await TryAppendAsync(kept, cancellationToken).ConfigureAwait(false))
            {
                return false;
            }

            kept.Clear();
        }

        return true;
    }

    /// <summary>Appends, and repeats while the outcome is unknown. Returns false if the log refuses and the lane may drop.</summary>
    /// <remarks>A refusal says nothing about an earlier attempt whose answer was lost: its records may be in the log, and dropping them would count them twice.</remarks>
    private async ValueTask<bool> TryAppendAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        bool mayBeInLog = false;
        while (true)
        {
            var outcome = await sink.AppendAsync(batch, cancellationToken).ConfigureAwait(false);
            if (outcome.Status == AppendStatus.Appended)
            {
                Volatile.Write(ref _isRefusing, false);
                _appendedCount += batch.Count;
                context.Metrics.BatchAppended(batch.Count, batch.SizeBytes);
                return true;
            }

            bool isRefused = outcome.Status == AppendStatus.Refused;
            context.Metrics.AppendFailed(isRefused);
            if (isRefused)
            {
                Volatile.Write(ref _isRefusing, true);
                _refusal = outcome.Detail;
                _refusedAt = context.Time.GetTimestamp();
                if (context.Options.WhenLogRefuses == LogRefusal.Drop && !mayBeInLog)
                {
                    return false;
                }
            }

            mayBeInLog |= !isRefused;
            await Task.Delay(context.Options.RetryDelay, context.Time, cancellationToken).ConfigureAwait(false);
        }
    }

    private bool IsProbeDue() => _isLast || context.Time.GetElapsedTime(_refusedAt) >= context.Options.RetryDelay;

    /// <summary>Counts the transactions of a refused batch as dropped and keeps the records that must not be lost.</summary>
    private void Absorb(EventBatch batch)
    {
        var records = new RecordEnumerator(GlobalSeq.None.Next, batch.Records.Span);
        while (records.MoveNext())
        {
            var record = records.Current;
            switch (record.Kind)
            {
                case LogEvent.TxSeen.KindNumber or LogEvent.TxDecoded.KindNumber:
                    drops.Add(DropReason.LogUnavailable, "log", record.Source, record.TxKey, 1, 0, 0, _refusal, DropTimes.At(record.Timestamp));
                    Forget(record);
                    break;
                case LogEvent.TxIngestDropped.KindNumber:
                    drops.Restore((LogEvent.TxIngestDropped)LogEvent.Decode(record)!, record.Source, record.Timestamp);
                    break;
                default:
                    Keep(record);
                    break;
            }
        }
    }

    /// <summary>Releases a body that did not reach the log, so that it may be posted again.</summary>
    private void Forget(in RecordView record)
    {
        if (record.Kind == LogEvent.TxDecoded.KindNumber)
        {
            context.Decoded.Lost(record.TxKey);
        }
    }

    private void GiveUp(EventBatch? batch)
    {
        var records = new RecordEnumerator(GlobalSeq.None.Next, batch is null ? [] : batch.Records.Span);
        while (records.MoveNext())
        {
            Forget(records.Current);
        }
    }

    private void Keep(in RecordView record)
    {
        _kept ??= new EventBatch(record.Lane);
        if (_kept.SizeBytes + record.Bytes.Length <= MaxKeptBytes)
        {
            _kept.AddCopy(record, record.Meta);
            return;
        }

        // Over the limit even these are dropped and counted.
        drops.Add(DropReason.LogUnavailable, "kept events", record.Source, default, 0, 0, _refusal);
    }
}
