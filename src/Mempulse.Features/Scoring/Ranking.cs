namespace Mempulse.Features.Scoring;

/// <summary>The highest ranking of those that were added, up to a limit. Buffers are reused; confined to its caller.</summary>
/// <param name="limit">Number that are kept.</param>
public sealed class Ranking(int limit)
{
    private readonly RankedTx[] _rows = new RankedTx[limit];

    /// <summary>The kept ones, the highest first.</summary>
    public ReadOnlySpan<RankedTx> Rows => _rows.AsSpan(0, Count);

    /// <summary>Number that are kept.</summary>
    public int Count { get; private set; }

    /// <summary>Number that were added.</summary>
    public long Added { get; private set; }

    /// <summary>Forgets all.</summary>
    public void Clear() => (Count, Added) = (0, 0);

    /// <summary>Adds one, which pushes out the lowest beyond the limit.</summary>
    public void Add(in RankedTx row)
    {
        Added++;
        if (Count == _rows.Length && (Count == 0 || row > _rows[^1]))
        {
            return;
        }

        int place = _rows.AsSpan(0, Count).BinarySearch(row);
        place = place < 0 ? ~place : place;
        int moved = Math.Min(Count, _rows.Length - 1) - place;
        _rows.AsSpan(place, moved).CopyTo(_rows.AsSpan(place + 1));
        _rows[place] = row;
        Count = Math.Min(Count + 1, _rows.Length);
    }
}
