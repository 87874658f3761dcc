using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;

namespace Mempulse.Grains.Logs;

/// <summary>The bodies of transactions that became durable last, in the logs of this silo. They never change.</summary>
/// <remarks>Thread-safe. The oldest leave first. A copy of each is kept, because the bytes of a commit are one array that a single body would hold on to.</remarks>
/// <param name="maxBytes">The maximum number of bytes of their records.</param>
internal sealed class RecentBodies(int maxBytes = RecentBodies.DefaultMaxBytes)
{
    /// <summary>Some seconds of the busiest chain, and some hours of a quiet one.</summary>
    private const int DefaultMaxBytes = 8 << 20;

    private readonly Lock _gate = new();
    private readonly Dictionary<(ChainId Chain, Hash256 Tx), Kept> _bodies = [];
    private readonly Queue<(ChainId Chain, Hash256 Tx)> _order = new();
    private long _sizeBytes;

    /// <summary>Keeps the bodies in a commit.</summary>
    public void Committed(ChainId chain, SequencedBatch batch)
    {
        foreach (var record in batch)
        {
            if (record.Kind == LogEvent.TxDecoded.KindNumber)
            {
                Keep(chain, record);
            }
        }
    }

    /// <summary>Keeps a body that was read from a log.</summary>
    /// <param name="chain">The chain.</param>
    /// <param name="decoded">A record of kind <see cref="LogEvent.TxDecoded"/>.</param>
    public void Keep(ChainId chain, in RecordView decoded)
    {
        var key = (chain, decoded.TxKey);
        lock (_gate)
        {
            if (decoded.Bytes.Length > maxBytes || !_bodies.TryAdd(key, new Kept(decoded.Seq, decoded.Bytes.ToArray())))
            {
                return;
            }

            _order.Enqueue(key);
            _sizeBytes += decoded.Bytes.Length;
            while (_sizeBytes > maxBytes)
            {
                _bodies.Remove(_order.Dequeue(), out var oldest);
                _sizeBytes -= oldest!.Record.Length;
            }
        }
    }

    /// <summary>Finds a body; null if it is not kept.</summary>
    public LogEvent.TxDecoded? Find(ChainId chain, in Hash256 tx)
    {
        Kept? kept;
        lock (_gate)
        {
            kept = _bodies.GetValueOrDefault((chain, tx));
        }

        return kept?.Body;
    }

    /// <summary>A record, decoded when it is first asked for.</summary>
    private sealed class Kept(GlobalSeq seq, byte[] record)
    {
        private LogEvent.TxDecoded? _body;

        public byte[] Record => record;

        public LogEvent.TxDecoded? Body => _body ??= LogEvent.Decode(new RecordView(seq, record)) as LogEvent.TxDecoded;
    }
}
