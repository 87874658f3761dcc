using Mempulse.Primitives;

namespace Mempulse.Canon.Snapshots;

/// <summary>Selects the older snapshots to delete, so that those kept are few and spread over the log.</summary>
/// <remarks>
/// Repeatedly selects the snapshot whose neighbours are closest to each other. If snapshots are taken at even distances,
/// those kept are never further apart than about twice the mean, however long the log grows.
/// </remarks>
internal sealed class SnapshotThinning(int most, long mostBytes)
{
    private readonly List<(int Index, GlobalSeq Seq, long SizeBytes)> _kept = [];
    private long _sizeBytes;

    /// <summary>Adds a snapshot; call it in ascending order of position.</summary>
    public void Add(GlobalSeq seq, long sizeBytes)
    {
        _kept.Add((_kept.Count, seq, sizeBytes));
        _sizeBytes += sizeBytes;
    }

    /// <summary>Selects and removes the superfluous snapshots; returns their indexes in the order of <see cref="Add"/>.</summary>
    /// <param name="end">The position of the next newer snapshot, which is always kept.</param>
    public IReadOnlyList<int> Superfluous(GlobalSeq end)
    {
        List<int> superfluous = [];
        while (_kept.Count > most || (_sizeBytes > mostBytes && _kept.Count > 0))
        {
            int least = 0;
            for (int i = 1; i < _kept.Count; i++)
            {
                least = GapWithout(i, end) < GapWithout(least, end) ? i : least;
            }

            superfluous.Add(_kept[least].Index);
            _sizeBytes -= _kept[least].SizeBytes;
            _kept.RemoveAt(least);
        }

        return superfluous;
    }

    private ulong GapWithout(int index, GlobalSeq end)
    {
        ulong before = index == 0 ? 0 : _kept[index - 1].Seq.Value;
        ulong after = index == _kept.Count - 1 ? end.Value : _kept[index + 1].Seq.Value;
        return after - before;
    }
}
