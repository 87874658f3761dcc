using Mempulse.Net.Sinks;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;

namespace Mempulse.Net.Tests.Ingest;

/// <summary>A log in memory, idempotent by lane sequence, whose answers a test can set.</summary>
internal sealed class RecordingSink : IEventSink
{
    private readonly Lock _gate = new();
    private readonly ByteBuffer _log = new(1 << 20);
    private ulong _lastLocalSeq;

    /// <summary>Called before each append, with its number from 1; the default appends.</summary>
    public Func<int, AppendStatus> Answer { get; set; } = static _ => AppendStatus.Appended;

    /// <summary>When set, an append waits for it.</summary>
    public TaskCompletionSource? Gate { get; set; }

    /// <summary>True to append although the answer is Unknown: the acknowledgement is lost.</summary>
    public bool AppendsWhenUnknown { get; set; }

    public int AppendCalls { get; private set; }

    /// <summary>Appends that reached <see cref="Gate"/>.</summary>
    public int HeldCalls { get; private set; }

    public int Count { get; private set; }

    public List<int> BatchSizes { get; } = [];

    /// <summary>The sizes of the batches in bytes.</summary>
    public List<int> BatchBytes { get; } = [];

    public ValueTask<ulong> OpenLaneAsync(string lane, CancellationToken cancellationToken) => ValueTask.FromResult(_lastLocalSeq);

    public async ValueTask<AppendOutcome> AppendAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        if (Gate is { } gate)
        {
            HeldCalls++;
            await gate.Task.WaitAsync(cancellationToken);
        }

        lock (_gate)
        {
            AppendCalls++;
            var status = Answer(AppendCalls);
            if (status == AppendStatus.Appended || (status == AppendStatus.Unknown && AppendsWhenUnknown))
            {
                Append(batch);
            }

            return new AppendOutcome(status, status == AppendStatus.Appended ? string.Empty : "no space left on device");
        }
    }

    public byte[] Bytes()
    {
        lock (_gate)
        {
            return _log.WrittenSpan.ToArray();
        }
    }

    public List<LogEvent> Events() => Read((in record) => LogEvent.Decode(record)!);

    public List<T> Read<T>(RecordReader<T> read)
    {
        var all = new List<T>();
        var records = new RecordEnumerator(new GlobalSeq(1), Bytes());
        while (records.MoveNext())
        {
            all.Add(read(records.Current));
        }

        return all;
    }

    internal delegate T RecordReader<T>(in RecordView record);

    private void Append(EventBatch batch)
    {
        BatchSizes.Add(batch.Count);
        BatchBytes.Add(batch.Records.Span.Length);
        var records = new RecordEnumerator(new GlobalSeq(1), batch.Records.Span);
        int offset = 0;
        while (records.MoveNext())
        {
            int size = records.Current.Bytes.Length + 8;
            if (records.Current.LocalSeq > _lastLocalSeq)
            {
                _log.Append(batch.Records.Span.Slice(offset, size));
                _lastLocalSeq = records.Current.LocalSeq;
                Count++;
            }

            offset += size;
        }
    }
}
