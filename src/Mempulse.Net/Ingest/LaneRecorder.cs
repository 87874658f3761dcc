using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;

namespace Mempulse.Net.Ingest;

/// <summary>Numbers the lane's records in input order and collects them into batches.</summary>
/// <remarks>
/// Records one chunk at a time, in order of chunk numbers. The writer blocks while the batch is full. While one batch is
/// appended, the next one fills; there are never more than two.
/// </remarks>
internal sealed class LaneRecorder
{
    /// <summary>Upper bound on the size of an encoded sighting.</summary>
    private const int SightingBytes = 128;

    /// <summary>How long records wait for others while more input is queued. At a steady rate some always is, and the batch would wait until it is full enough.</summary>
    private static readonly TimeSpan _longestWait = TimeSpan.FromMilliseconds(1);

    private readonly object _gate = new();
    private readonly PipelineContext _context;
    private readonly IngestPipelineOptions _options;
    private readonly DropLedger _drops;
    private readonly ChunkDecoder _lateDecoder;
    private readonly EventBatch _late;
    private EventBatch _filling;
    private EventBatch? _spare;
    private ulong _lastLocalSeq;
    private long _recordedItems;
    private long _fillingSince;
    private long _decodedCount;
    private bool _isAborted;
    private bool _isWriterWaiting;
    private bool _isFinished;

    public LaneRecorder(PipelineContext context, DropLedger drops, ChunkDecoder lateDecoder)
    {
        _context = context;
        _options = context.Options;
        _drops = drops;
        _lateDecoder = lateDecoder;
        _late = new EventBatch(context.Lane);
        _filling = new EventBatch(context.Lane);
        _spare = new EventBatch(context.Lane);
    }

    /// <summary>Set when a batch may be available.</summary>
    public AsyncSignal Ready { get; } = new();

    /// <summary>Number of bodies recorded as decoded.</summary>
    public long DecodedCount => Interlocked.Read(ref _decodedCount);

    /// <summary>The last sequence number assigned.</summary>
    public ulong LastLocalSeq => Interlocked.Read(ref _lastLocalSeq);

    /// <summary>True once nothing more will be written.</summary>
    public bool IsFinished => Volatile.Read(ref _isFinished);

    /// <summary>Continues after the lane's last record in the log.</summary>
    public void Resume(ulong lastLocalSeq)
    {
        lock (_gate)
        {
            Invariant.That(_lastLocalSeq == 0, "INV-62", "a lane resumes before its first record");
            _lastLocalSeq = lastLocalSeq;
        }
    }

    /// <summary>Records the items of a chunk; blocks while the batch is full.</summary>
    public void Write(DecodeChunk chunk)
    {
        lock (_gate)
        {
            if (_filling.Count == 0)
            {
                _fillingSince = _context.Time.GetTimestamp();
            }

            var records = new RecordEnumerator(GlobalSeq.None.Next, chunk.Records.Records.Span);
            for (int i = 0; i < chunk.Count && !_isAborted; i++)
            {
                ref var entry = ref chunk[i];
                bool hasRecord = entry.HasRecord && records.MoveNext();
                WriteItem(chunk, ref entry, hasRecord ? records.Current : default, hasRecord);
            }

            _recordedItems += chunk.Count;
        }

        Ready.Set();
    }

    /// <summary>Records an event of the pipeline.</summary>
    /// <returns>False if the batch is full.</returns>
    public bool TryWrite(LogEvent logEvent, SourceId source, UnixNanoseconds timestamp)
    {
        lock (_gate)
        {
            if (!HasRoom(SightingBytes))
            {
                return false;
            }

            _filling.Add(logEvent, NextMeta(source, timestamp));
            return true;
        }
    }

    /// <summary>Takes the current batch if it is worth an append: it is full enough, has waited long enough, or holds all input so far.</summary>
    public EventBatch? TryTake(long acceptedItems)
    {
        lock (_gate)
        {
            bool isAll = _recordedItems == acceptedItems;
            bool isEnough = _filling.Count >= _options.MinBatchEvents || _isWriterWaiting || _context.Time.GetElapsedTime(_fillingSince) >= _longestWait;
            if (_filling.Count == 0 || _spare is null || !(isAll || isEnough))
            {
                return null;
            }

            var taken = _filling;
            _filling = _spare;
            _spare = null;
            Monitor.PulseAll(_gate);
            return taken;
        }
    }

    /// <summary>Returns the batch that will not be appended, once nothing more is written.</summary>
    public EventBatch TakeUnsent()
    {
        lock (_gate)
        {
            return _filling;
        }
    }

    /// <summary>Returns a batch whose outcome is known, for reuse.</summary>
    public void Return(EventBatch batch)
    {
        batch.Clear();
        lock (_gate)
        {
            Invariant.That(_spare is null, "INV-63", "one batch of a lane is in flight at a time");
            _spare = batch;
        }
    }

    /// <summary>Signals that nothing more will be written.</summary>
    public void Finish()
    {
        Volatile.Write(ref _isFinished, true);
        Ready.Set();
    }

    /// <summary>Releases blocked writers. Their items are no longer recorded.</summary>
    public void Abort()
    {
        lock (_gate)
        {
            _isAborted = true;
            Monitor.PulseAll(_gate);
        }
    }

    private void WriteItem(DecodeChunk chunk, ref DecodeChunk.Entry entry, in RecordView record, bool hasRecord)
    {
        switch (entry.Item.Kind)
        {
            case IngestItemKind.Sighting:
                WriteSeen(entry.Item, entry.Item.Hash);
                break;
            case IngestItemKind.Fact:
                Copy(record, entry.Item);
                break;
            case IngestItemKind.Body:
                WriteBody(chunk, ref entry, record, hasRecord);
                break;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private void WriteBody(DecodeChunk chunk, ref DecodeChunk.Entry entry, in RecordView record, bool hasRecord)
    {
        if (!hasRecord && !_context.Decoded.Contains(entry.Item.Hash))
        {
            // The worker skipped the body as remembered, and it has been forgotten since. The output must not depend on that timing.
            _late.Clear();
            _lateDecoder.DecodeLate(chunk, ref entry, _late, RecordMeta.Fact(_context.Lane, 1, entry.Item.Timestamp, entry.Item.Source));
            var late = new RecordEnumerator(GlobalSeq.None.Next, _late.Records.Span);
            late.MoveNext();
            WriteOutcome(entry, late.Current);
            return;
        }

        if (hasRecord)
        {
            WriteOutcome(entry, record);
        }
        else
        {
            WriteSeenIfPushed(entry.Item, entry.Item.Hash);
        }
    }

    private void WriteOutcome(in DecodeChunk.Entry entry, in RecordView record)
    {
        var item = entry.Item;
        var hash = item.Hash.IsZero ? entry.Outcome.Hash : item.Hash;
        if (!entry.Outcome.IsDecoded)
        {
            Copy(record, item);
            _context.Metrics.BodyFailed();
            _drops.CountRecorded(entry.Outcome.Failure);
            if (entry.Outcome.IsFaultOfCopy)
            {
                _context.Observer?.CopyRefused(hash, item.Source);
            }
            else
            {
                _context.Observer?.Failed(hash, entry.Outcome.Failure);
            }

            return;
        }

        WriteSeenIfPushed(item, hash);
        if (_context.Decoded.TryTake(hash))
        {
            Copy(record, item);
            _decodedCount++;
            _context.Metrics.BodyDecoded();
            _context.Decoded.Recorded(hash, entry.Outcome.Sender);
        }
        else
        {
            _context.Metrics.BodyDuplicate();
        }
    }

    private void WriteSeenIfPushed(in IngestItem item, Hash256 hash)
    {
        if (item.Via != SightingVia.Unknown)
        {
            WriteSeen(item, hash);
        }
    }

    private void WriteSeen(in IngestItem item, Hash256 hash)
    {
        WaitForRoom(SightingBytes);
        _filling.AddSeen(hash, item.Via, NextMeta(item.Source, item.Timestamp));
    }

    private void Copy(in RecordView record, in IngestItem item)
    {
        WaitForRoom(record.Bytes.Length);
        _filling.AddCopy(record, NextMeta(item.Source, item.Timestamp));
    }

    private void WaitForRoom(int recordBytes)
    {
        while (!HasRoom(recordBytes) && !_isAborted)
        {
            // Tells the sender to take the batch: it may be too full for a long record although it is not worth an append yet.
            _isWriterWaiting = true;
            Ready.Set();
            Monitor.Wait(_gate);
        }

        _isWriterWaiting = false;
    }

    private bool HasRoom(int recordBytes) =>
        _filling.Count == 0
        || (_filling.Count < _options.MaxBatchEvents && _filling.SizeBytes + recordBytes + sizeof(ulong) <= _options.MaxBatchBytes);

    private RecordMeta NextMeta(SourceId source, UnixNanoseconds timestamp) =>
        RecordMeta.Fact(_context.Lane, ++_lastLocalSeq, timestamp, source);
}
