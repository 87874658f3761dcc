using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;

namespace Mempulse.Replay.Entries;

/// <summary>Knows which entries of a derivation changed: for the digest, a running sum over all entries, and for a checkpoint under way.</summary>
/// <remarks>
/// A change only marks its entry; hashing waits until the sum is asked for. While a checkpoint is under way, the first change of an entry
/// that it has not saved yet saves it first (copy on write). Confined to the fold's thread.
/// </remarks>
/// <param name="tags">The tags that the derivation's entries may have.</param>
public sealed class EntryLedger(TagRange tags)
{
    /// <summary>Marked entries that left their table at which the ledger releases them, so that a fold whose digest is never asked for keeps few of them alive.</summary>
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

    /// <summary>True while a checkpoint is under way: entries that leave must not be reused before it ends.</summary>
    internal bool IsFrozen => _checkpointUnderWay != 0;

    /// <summary>Marked entries, with those that left since.</summary>
    internal int MarkedCount => _dirty.Count;

    /// <summary>Records that an entry is new. To be called before the entry is used.</summary>
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

    /// <summary>Takes an entry out of the sum. To be called before the entry is reset.</summary>
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

    /// <summary>What an entry contributes, computed afresh.</summary>
    public StateDigest DigestOf(StateEntry entry)
    {
        _scratch.Clear();
        Encode(entry, _scratch);
        return StateDigest.OfEntry(_scratch.WrittenSpan);
    }

    /// <summary>Writes an entry as it is digested and saved: its tag, then its content.</summary>
    internal void Encode(StateEntry entry, ByteBuffer into)
    {
        Invariant.That(tags.Contains(entry.Tag), "INV-95", "an entry's tag is in the range of its derivation");
        var writer = new EntryWriter(into);
        writer.Write(entry.Tag);
        entry.Encode(writer);
    }

    /// <summary>From here on, until <see cref="Thaw"/>, every entry is saved as it is now.</summary>
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

    /// <summary>Ends the checkpoint, whether it was completed or given up.</summary>
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
