using Mempulse.Folding.Following;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;

namespace Mempulse.Testing.Logs;

/// <summary>A log in memory: pages are read from it up to a watermark the test moves.</summary>
public sealed class RecordedLog : ILogPages
{
    private const int PageBytes = 4 << 10;

    private readonly byte[][] _records;
    private ulong _watermark;

    public RecordedLog(int count)
    {
        _records = new byte[count][];
        var lane = LaneId.Of("test");
        Span<byte> hash = stackalloc byte[Hash256.Size];
        for (int i = 0; i < count; i++)
        {
            hash.Fill((byte)(i % 251));
            BitConverter.TryWriteBytes(hash, i);
            var batch = new EventBatch(lane);
            batch.AddSeen(new Hash256(hash), SightingVia.HashSubscription, RecordMeta.Fact(lane, (ulong)i + 1, new UnixNanoseconds(i), default));
            _records[i] = batch.Records.ToArray();
        }
    }

    public int Reads { get; private set; }

    public GlobalSeq Watermark
    {
        get => new(Volatile.Read(ref _watermark));
        set => Volatile.Write(ref _watermark, value.Value);
    }

    public static Epoch Epoch => new(3);

    public SequencedBatch Batch(ulong first, int count) =>
        new(Epoch, new GlobalSeq(first), count, Watermark, _records[((int)first - 1)..((int)first - 1 + count)].SelectMany(bytes => bytes).ToArray());

    public ValueTask<SequencedBatch?> ReadAsync(GlobalSeq first, CancellationToken cancellationToken)
    {
        Reads++;
        var watermark = Watermark;
        int fit = Math.Max(1, PageBytes / _records[0].Length);
        return ValueTask.FromResult(first > watermark
            ? null
            : Batch(first.Value, (int)Math.Min((ulong)fit, watermark.Value - first.Value + 1)));
    }

    /// <summary>An order-sensitive digest of the records up to the watermark, as a straight replay would take them.</summary>
    public StateDigest Replay()
    {
        var digest = new OrderedDigest();
        digest.Add(Batch(1, (int)Watermark.Value));
        return digest.Value;
    }
}
