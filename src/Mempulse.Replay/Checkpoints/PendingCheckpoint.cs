using System.IO.Hashing;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;
using Mempulse.Replay.Entries;

namespace Mempulse.Replay.Checkpoints;

/// <summary>A checkpoint under way: the engine's state at <see cref="At"/>, saved in slices while later facts are applied.</summary>
/// <remarks>
/// Take it with <see cref="ReplayEngine.BeginCheckpoint"/>, call <see cref="Sort"/> on any thread, then <see cref="SaveNext"/> on the
/// engine's thread between two facts until it returns true. An entry that changes before it is saved is saved first, so that
/// the result is the state at <see cref="At"/>. Dispose ends it, completed or not; one is under way at a time.
/// </remarks>
public sealed class PendingCheckpoint : IDisposable
{
    private readonly ByteBuffer _into;
    private readonly int _start;
    private readonly IReadOnlyList<FrozenTable> _tables;
    private readonly Action _end;
    private int _table;
    private bool _isSorted;
    private bool _isEnded;
    private StateDigest _digest;

    internal PendingCheckpoint(GlobalSeq at, ByteBuffer into, int start, StateDigest digest, IReadOnlyList<FrozenTable> tables, Action end)
    {
        At = at;
        _into = into;
        _start = start;
        _digest = digest;
        _tables = tables;
        _end = end;
    }

    /// <summary>The position whose state is saved.</summary>
    public GlobalSeq At { get; }

    /// <summary>True when the buffer holds the whole checkpoint.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>The state digest at <see cref="At"/>, computed from what was saved.</summary>
    /// <exception cref="InvalidOperationException">The checkpoint is not complete.</exception>
    public StateDigest Digest => IsComplete ? _digest : throw new InvalidOperationException("The checkpoint is not complete.");

    /// <summary>Brings the entries into the order of the encoding. May run beside the engine; to be called once, before <see cref="SaveNext"/>.</summary>
    public void Sort()
    {
        foreach (var table in _tables)
        {
            table.Sort();
        }

        _isSorted = true;
    }

    /// <summary>Saves up to <paramref name="maxEntries"/> further entries into the buffer.</summary>
    /// <returns>True when the checkpoint is complete.</returns>
    public bool SaveNext(int maxEntries)
    {
        Invariant.That(_isSorted && !_isEnded, "INV-97", "a checkpoint's entries are sorted before they are saved, and saved before it ends");
        for (int left = maxEntries; left > 0 && !IsComplete; left--)
        {
            SaveOne();
        }

        return IsComplete;
    }

    /// <summary>Ends the checkpoint. What the buffer holds is a checkpoint only if it was completed.</summary>
    public void Dispose()
    {
        if (!_isEnded)
        {
            _isEnded = true;
            _end();
        }
    }

    private void SaveOne()
    {
        if (_table == _tables.Count)
        {
            Complete();
            return;
        }

        var table = _tables[_table];
        if (table.Saved == 0)
        {
            new EntryWriter(_into).WriteCount(table.Count);
        }

        if (table.Saved < table.Count)
        {
            _digest = _digest.Plus(table.SaveNext(_into));
        }

        if (table.Saved == table.Count)
        {
            _table++;
        }
    }

    private void Complete()
    {
        var writer = new EntryWriter(_into);
        writer.Write(_digest.Value);
        writer.Write(XxHash128.HashToUInt128(_into.WrittenSpan[_start..]));
        IsComplete = true;
    }
}
