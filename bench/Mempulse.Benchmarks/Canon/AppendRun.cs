using System.Diagnostics;
using FASTER.core;
using Mempulse.Canon;
using Mempulse.Canon.Appending;
using Mempulse.Canon.Files;
using Mempulse.Canon.Reading;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;
using EventLog = Mempulse.Canon.EventLog;

namespace Mempulse.Benchmarks.Canon;

/// <summary>The same batches appended to a raw file, to the log and to FasterLog.</summary>
internal sealed class AppendRun : IDisposable
{
    private const int RecordBytes = 300;
    private const long RawFileBytes = 192L << 20;

    private readonly int _batchSize;
    private readonly EventBatch[] _batches;
    private readonly ILogFile _raw;
    private readonly EventLog _log;
    private readonly IDevice _device;
    private readonly FasterLogSettings _settings;
    private readonly FasterLog _faster;
    private ulong _nextLocal = 1;
    private long _allocated;
    private long _appended;
    private long _rawOffset;

    public AppendRun(string directory, int batchSize, int roundBytes)
    {
        _batchSize = batchSize;
        _batches = [.. Enumerable.Range(0, roundBytes / (batchSize * RecordBytes)).Select(_ => new EventBatch(LaneId.Of("bench")))];
        _raw = PosixFileSystem.Instance.Create(Path.Combine(directory, "raw"));
        _raw.Allocate(RawFileBytes);
        _raw.Sync();
        _log = EventLog.Open(new EventLogOptions
        {
            Directory = Path.Combine(directory, "log"),
            Chain = new ChainId(1),

            // Zeros are written before the measurement, as for the raw file.
            SegmentSizeBytes = RawFileBytes,
        });
        _log.Session.Preparer.Prepare();
        _device = Devices.CreateLogDevice(Path.Combine(directory, "faster.log"), deleteOnClose: true);
        _settings = new FasterLogSettings { LogDevice = _device };
        _faster = new FasterLog(_settings);
    }

    public ILogReader Reader => _log.Reader;

    public double AllocatedPerEvent => (double)_allocated / _appended;

    private int Events => _batches.Length * _batchSize;

    /// <summary>Events per second of one write and one fdatasync per batch into a zero-filled file.</summary>
    public double Raw()
    {
        Encode();
        long started = Stopwatch.GetTimestamp();

        // On its own thread, as in the log: a thread that has just computed waits longer for a busy core.
        var writer = new Thread(WriteRaw);
        writer.Start();
        writer.Join();
        return Events / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    /// <summary>Events per second through the log with a number of batches in flight.</summary>
    public double Log(int inFlight, AcknowledgeOn acknowledgeOn)
    {
        Encode();
        long before = GC.GetTotalAllocatedBytes(precise: true);
        long started = Stopwatch.GetTimestamp();
        AppendAll(inFlight, acknowledgeOn).GetAwaiter().GetResult();
        double rate = Events / Stopwatch.GetElapsedTime(started).TotalSeconds;
        _allocated += GC.GetTotalAllocatedBytes(precise: true) - before;
        _appended += Events;
        return rate;
    }

    /// <summary>Events per second through FasterLog with a commit per batch.</summary>
    public double Faster()
    {
        Encode();
        long started = Stopwatch.GetTimestamp();
        foreach (var batch in _batches)
        {
            foreach (var record in new SequencedBatch(default, new GlobalSeq(1), batch.Count, default, batch.Records))
            {
                _faster.Enqueue(record.Bytes);
            }

            _faster.Commit(spinWait: true);
        }

        return Events / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    public void Dispose()
    {
        _faster.Dispose();
        _settings.Dispose();
        _device.Dispose();
        _log.Dispose();
        _raw.Dispose();
    }

    /// <summary>Each round writes a part of the file that no round wrote before, as the log does.</summary>
    private void WriteRaw()
    {
        foreach (var batch in _batches)
        {
            _raw.Write(batch.Records.Span, _rawOffset);
            _raw.Sync();
            _rawOffset += batch.SizeBytes;
        }
    }

    private async Task AppendAll(int inFlight, AcknowledgeOn acknowledgeOn)
    {
        // One producer submits batch after batch and awaits the oldest when enough are in flight.
        if (inFlight == 1)
        {
            foreach (var batch in _batches)
            {
                await _log.AppendAsync(batch, acknowledgeOn, CancellationToken.None).ConfigureAwait(false);
            }

            return;
        }

        var outcomes = new Queue<Task<AppendResult>>(inFlight);
        foreach (var batch in _batches)
        {
            if (outcomes.Count == inFlight)
            {
                await outcomes.Dequeue().ConfigureAwait(false);
            }

            outcomes.Enqueue(_log.AppendAsync(batch, acknowledgeOn, CancellationToken.None).AsTask());
        }

        while (outcomes.TryDequeue(out var outcome))
        {
            await outcome.ConfigureAwait(false);
        }
    }

    /// <summary>Refills the batches outside of the measurement: the log takes each lane sequence only once.</summary>
    private void Encode()
    {
        foreach (var batch in _batches)
        {
            batch.Clear();
            for (int index = 0; index < _batchSize; index++)
            {
                var filler = new LogEvent.EpochStarted(new Epoch(1), new ChainId(1), new string('w', 239), new FoldParameters());
                batch.Add(filler, RecordMeta.Fact(batch.Lane, _nextLocal++, new UnixNanoseconds(1), default));
            }
        }
    }
}
