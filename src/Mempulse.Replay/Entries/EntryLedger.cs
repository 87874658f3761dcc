using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;

namespace Mempulse.Replay.Entries;

/// <summary>Tracks which entries of a derivation changed: for the digest, a running sum over all entries, and for a checkpoint in progress.</summary>
/// <remarks>
/// A change only marks its entry; hashing waits until the sum is requested. While a checkpoint is in progress, the first change of an entry
/// that it has not saved yet saves the entry first (copy on write). Confined to the fold's thread.
/// </remarks>
/// <param name="tags">The tags that the derivation's entries may have.</param>
public sealed class EntryLedger(TagRange tags)
{
    /// <summary>Number of marked entries that left at which the ledger releases them, so a fold whose digest is never read keeps few alive.</summary>
    internal const int MaxLeft = 1 << 16;

    private readonly ByteBuffer _scratch = new();
    private readonly List<StateEntry> _dirty = [];
    private readonly ByteBuffer _early = new();
    private StateDigest _sum;
    private int _left;
    private uint _checkpoint;
    private uint _checkpointUnderWay;

    /// <summary>The tags that the derivation's entries may have.</summary>
    public TagRange Tags => tags;

    /// <summary>True while a checkpoint is in progress: entries that leave must not be reused before it ends.</summary>
    internal bool IsFrozen => _checkpointUnderWay != 0;

    /// <summary>Marked entries, including those that have left.</summary>
    internal int MarkedCount => _dirty.Count;

    /// <summary>Records that an entry is new. Call it before the entry is used.</summary>
    public void Added(StateEntry entry)
    {
        entry.SavedIn = _checkpointUnderWay;
        entry.HasLeft = false;
        Mark(entry);
    }

    /// <summary>Records that an entry is about to change.</summary>
    public void Changing(StateEntry entry)
    {
        if (_checkpointUnderWay != 0 && entry.SavedIn != _checkpointUnderWay)
        {
            SaveEarly(entry);
        }

        Mark(entry);
    }

    /// <summary>Removes an entry from the sum. Call it before the entry is reset.</summary>
    public void Remove(StateEntry entry)
    {
        if (_checkpointUnderWay != 0 && entry.SavedIn != _checkpointUnderWay)
        {
            SaveEarly(entry);
        }

        entry.HasLeft = true;
        _sum = _sum.Minus(entry.Contribution);
        entry.Contribution = StateDigest.Empty;
        if (entry.IsDirty && ++_left == MaxLeft)
        {
            Compact();
        }
    }

    /// <summary>The digest of all entries as they are now. Costs about 0.2 us for each entry that changed since the last call.</summary>
    public StateDigest Sum()
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
        return _sum;
    }

    /// <summary>An entry's contribution, computed now.</summary>
    public StateDigest DigestOf(StateEntry entry)
    {
        _scratch.Clear();
        Encode(entry, _scratch);
        return StateDigest.OfEntry(_scratch.WrittenSpan);
    }

    /// <summary>Writes an entry in the encoding that is digested and saved: its tag, then its content.</summary>
    internal void Encode(StateEntry entry, ByteBuffer into)
    {
        Invariant.That(tags.Contains(entry.Tag), "INV-95", "an entry's tag is in the range of its derivation");
        var writer = new EntryWriter(into);
        writer.Write(entry.Tag);
        entry.Encode(writer);
    }

    /// <summary>From here on, until <see cref="Thaw"/>, the checkpoint saves every entry with its present value.</summary>
    internal void Freeze()
    {
        Invariant.That(_checkpointUnderWay == 0, "INV-96", "one checkpoint is under way at a time");
        _checkpointUnderWay = ++_checkpoint;
    }

    /// <summary>Writes an entry as it was when the checkpoint began.</summary>
    internal void SaveFrozen(StateEntry entry, ByteBuffer into)
    {
        if (entry.SavedIn == _checkpointUnderWay)
        {
            var reader = new EntryReader(_early.WrittenSpan[entry.SavedAt..]);
            into.Append(reader.ReadBytes());
            return;
        }

        Encode(entry, into);
        entry.SavedIn = _checkpointUnderWay;
    }

    /// <summary>Ends the checkpoint, complete or abandoned.</summary>
    internal void Thaw()
    {
        _checkpointUnderWay = 0;
        _early.Clear();
    }

    private void SaveEarly(StateEntry entry)
    {
        _scratch.Clear();
        Encode(entry, _scratch);
        entry.SavedIn = _checkpointUnderWay;
        entry.SavedAt = _early.Length;
        new EntryWriter(_early).Write(_scratch.WrittenSpan);
    }

    private void Mark(StateEntry entry)
    {
        if (entry.IsDirty)
        {
            return;
        }

        entry.IsDirty = true;
        _dirty.Add(entry);
    }

    /// <summary>Forgets marked entries that left; the tables hold all others.</summary>
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
}
