using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;
using Mempulse.Replay.Checkpoints;

namespace Mempulse.Replay.State;

/// <summary>The running sum of all entries' contributions. A change only marks its entry; the hashing waits until the sum is asked for.</summary>
internal sealed class DigestLedger
{
    /// <summary>Marked entries that left at which the ledger lets them go, so that a fold whose digest nobody asks for keeps few of them alive.</summary>
    public const int MaxLeft = 1 << 16;

    private readonly ByteBuffer _scratch = new();
    private readonly List<DigestedEntry> _dirty = [];
    private StateDigest _sum;
    private int _left;

    /// <summary>Entries that are marked, with those that left since.</summary>
    public int MarkedCount => _dirty.Count;

    /// <summary>Records that an entry is new or has changed.</summary>
    public void Mark(DigestedEntry entry)
    {
        if (entry.IsDirty)
        {
            return;
        }

        entry.IsDirty = true;
        _dirty.Add(entry);
    }

    /// <summary>Takes an entry out of the sum.</summary>
    public void Remove(DigestedEntry entry)
    {
        entry.HasLeft = true;
        _sum = _sum.Minus(entry.Contribution);
        entry.Contribution = StateDigest.Empty;
        if (entry.IsDirty && ++_left == MaxLeft)
        {
            Compact();
        }
    }

    /// <summary>The sum over all entries as they are now.</summary>
    public StateDigest Sum()
    {
        Settle();
        return _sum;
    }

    /// <summary>What an entry contributes, computed afresh.</summary>
    public StateDigest DigestOf(DigestedEntry entry)
    {
        _scratch.Clear();
        entry.Encode(new EntryWriter(_scratch));
        return StateDigest.OfEntry(_scratch.WrittenSpan);
    }

    /// <summary>Forgets marked entries that left; what remains is held by the tables anyway.</summary>
    private void Compact()
    {
        int kept = 0;
        for (int i = 0; i < _dirty.Count; i++)
        {
            var entry = _dirty[i];
            entry.IsDirty = !entry.HasLeft;
            if (entry.IsDirty)
            {
                _dirty[kept++] = entry;
            }
        }

        _dirty.RemoveRange(kept, _dirty.Count - kept);
        _left = 0;
    }

    private void Settle()
    {
        foreach (var entry in _dirty)
        {
            entry.IsDirty = false;
            if (!entry.HasLeft)
            {
                var contribution = DigestOf(entry);
                _sum = _sum.Minus(entry.Contribution).Plus(contribution);
                entry.Contribution = contribution;
            }
        }

        _dirty.Clear();
        _left = 0;
    }
}
