using Mempulse.Primitives;

namespace Mempulse.Outcomes.Traces;

/// <summary>When the last blocks were observed.</summary>
internal sealed class RecentBlocks
{
    private const int MaxBlocks = 128;

    private readonly SortedDictionary<Hash256, (GlobalSeq Seq, UnixNanoseconds At)> _seen = [];
    private readonly Queue<Hash256> _order = new();

    /// <summary>Adds a block; one that is known keeps its first observation.</summary>
    public void Add(Hash256 block, GlobalSeq seq, UnixNanoseconds at)
    {
        if (_seen.ContainsKey(block))
        {
            return;
        }

        _seen.Add(block, (seq, at));
        _order.Enqueue(block);
        if (_order.Count > MaxBlocks)
        {
            _seen.Remove(_order.Dequeue());
        }
    }

    /// <summary>The later of a time and the observation of a block, if that came after a record: what happened before it does not delay what follows.</summary>
    public UnixNanoseconds Later(UnixNanoseconds than, Hash256 block, GlobalSeq after) =>
        _seen.TryGetValue(block, out var seen) && seen.Seq > after && seen.At > than ? seen.At : than;
}
