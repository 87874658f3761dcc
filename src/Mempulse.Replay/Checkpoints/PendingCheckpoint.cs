using System.IO.Hashing;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;
using Mempulse.Replay.Entries;

namespace Mempulse.Replay.Checkpoints;

/// <summary>A checkpoint in progress: the engine's state at <see cref="At"/>, saved in slices while later facts are applied.</summary>
/// <remarks>
/// Create it with <see cref="ReplayEngine.BeginCheckpoint"/>, call <see cref="Sort"/> on any thread, then call <see cref="SaveNext"/> on the
/// engine's thread between two facts until it returns true. The concatenated slices are the checkpoint. An entry that is about to
/// change is saved first, so that the result is the state at <see cref="At"/>. Dispose ends it, complete or not. At most one is in
/// progress.
/// </remarks>
public sealed class PendingCheckpoint : IDisposable
{
    private readonly ByteBuffer _head;
    private readonly IReadOnlyList<FrozenTable> _tables;
    private readonly XxHash128 _hash = new();
    private readonly Action _end;
    private int _table;
    private bool _isSorted;
    private bool _isEnded;
    private StateDigest _digest;

    internal PendingCheckpoint(GlobalSeq at, ByteBuffer head, StateDigest digest, IReadOnlyList<FrozenTable> tables, Action end)
    {
        At = at;
        _head = head;
        _digest = digest;
        _tables = tables;
        _end = end;
    }

    /// <summary>The position whose state is saved.</summary>
    public GlobalSeq At { get; }

    /// <summary>True when the last slice has been saved.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>The state digest at <see cref="At"/>, computed from what was saved.</summary>
    /// <exception cref="InvalidOperationException">The checkpoint is not complete.</exception>
    public StateDigest Digest => IsComplete ? _digest : throw new InvalidOperationException("The checkpoint is not complete.");

    /// <summary>Sorts the entries in the order of the encoding. May run concurrently with the engine; call it once, before <see cref="SaveNext"/>.</summary>
    public void Sort()
    {
        foreach (var table in _tables)
        {
            table.Sort();
        }

        _isSorted = true;
    }

    /// <summary>Appends the next slice, up to <paramref name="maxEntries"/> further entries, to <paramref name="into"/>, which the caller may then reuse.</summary>
    /// <returns>True when the checkpoint is complete.</returns>
    public bool SaveNext(int maxEntries, ByteBuffer into)
    {
        Invariant.That(_isSorted && !_isEnded, "INV-97", "a checkpoint's entries are sorted before they are saved, and saved before it ends");
        if (IsComplete)
        {
            return true;
        }

        int start = into.Length;
        into.Append(_head.WrittenSpan);
        _head.Clear();
        bool isLast = false;
        for (int left = maxEntries; left > 0 && !isLast; left--)
        {
            isLast = !TrySaveOne(into);
        }

        if (isLast)
        {
            new EntryWriter(into).Write(_digest.Value);
        }

        _hash.Append(into.WrittenSpan[start..]);
        if (isLast)
        {
            new EntryWriter(into).Write(_hash.GetCurrentHashAsUInt128());
            IsComplete = true;
        }

        return IsComplete;
    }

    /// <summary>Ends the checkpoint. The slices are a checkpoint only if it was completed.</summary>
    public void Dispose()
    {
        if (!_isEnded)
        {
            _isEnded = true;
            _end();
        }
    }

    /// <returns>False when every table was saved.</returns>
    private bool TrySaveOne(ByteBuffer into)
    {
        if (_table == _tables.Count)
        {
            return false;
        }

        var table = _tables[_table];
        if (table.Saved == 0)
        {
            new EntryWriter(into).WriteCount(table.Count);
        }

        if (table.Saved < table.Count)
        {
            _digest = _digest.Plus(table.SaveNext(into));
        }

        if (table.Saved == table.Count)
        {
            _table++;
        }

        return true;
    }
}
