using System.Runtime.InteropServices;
using Mempulse.Primitives;

namespace Mempulse.Replay.Entries;

/// <summary>Entries in order of arrival, with removal from anywhere in constant time, or nearly so.</summary>
/// <remarks>
/// <para>Appending and removing change the entry's ordinal: report the change to the ledger first.</para>
/// <para>
/// The entries are in chunks of consecutive ordinals rather than linked, so removing one reads no neighbour, and a walk from the
/// oldest on reads entries independently of each other. Empty chunks are dropped, so memory follows the number of entries.
/// </para>
/// </remarks>
/// <typeparam name="T">The entry.</typeparam>
public sealed class ArrivalList<T>
    where T : class, IListed
{
    private readonly List<Chunk> _chunks = []; // in ascending order; the first one holds the oldest entry, and the last one is the only one that may be empty
    private Chunk? _spare;
    private int _oldest;

    /// <summary>The entry that arrived first and is still in the list.</summary>
    public T? Oldest => Count == 0 ? null : _chunks[0].Entries[_oldest];

    /// <summary>Number of entries.</summary>
    public int Count { get; private set; }

    /// <summary>The ordinal of the last arrival; it never falls. Save it beside the entries.</summary>
    public ulong LastOrdinal { get; private set; }

    /// <summary>Number of chunks in use: never more than entries, and one.</summary>
    internal int ChunkCount => _chunks.Count;

    /// <summary>Adds an entry at the end.</summary>
    public void Append(T entry)
    {
        LastOrdinal++;
        Place(entry, LastOrdinal);
    }

    /// <summary>Removes an entry.</summary>
    /// <exception cref="InvariantBrokenException">The entry is not in the list.</exception>
    public void Remove(T entry)
    {
        Invariant.That(entry.ListOrdinal != 0, "INV-42", "only an entry that is in a list is removed from it");
        int index = IndexOf(entry.ListOrdinal / Chunk.Size);
        var chunk = _chunks[index];
        chunk.Entries[(int)(entry.ListOrdinal % Chunk.Size)] = null;
        chunk.Count--;
        Count--;
        entry.ListOrdinal = 0;
        if (chunk.Count == 0 && index > 0 && index < _chunks.Count - 1)
        {
            _spare = chunk;
            _chunks.RemoveAt(index);
        }
        else if (index == 0)
        {
            FindOldest();
        }
    }

    /// <summary>Enumerates from the oldest entry on. The list must not change meanwhile.</summary>
    public Enumerator GetEnumerator() => new(CollectionsMarshal.AsSpan(_chunks), place: -1);

    /// <summary>Enumerates the entries that arrived after an ordinal. The list must not change meanwhile.</summary>
    public Enumerator After(ulong ordinal)
    {
        var chunks = CollectionsMarshal.AsSpan(_chunks);
        ulong number = ordinal / Chunk.Size;
        if (chunks.IsEmpty || chunks[^1].Number < number)
        {
            return default;
        }

        int index = IndexOf(number);
        return new Enumerator(chunks[index..], chunks[index].Number == number ? (int)(ordinal % Chunk.Size) : -1);
    }

    /// <summary>Puts the entries of a checkpoint at their ordinals.</summary>
    /// <param name="entries">The entries, each with its ordinal.</param>
    /// <param name="lastOrdinal">The ordinal to continue from.</param>
    public void Restore(IEnumerable<T> entries, ulong lastOrdinal)
    {
        foreach (var entry in entries.OrderBy(static entry => entry.ListOrdinal))
        {
            Place(entry, entry.ListOrdinal);
        }

        LastOrdinal = lastOrdinal;
    }

    private void Place(T entry, ulong ordinal)
    {
        ulong number = ordinal / Chunk.Size;
        if (_chunks.Count == 0 || _chunks[^1].Number != number)
        {
            if (_chunks.Count > 0 && _chunks[^1].Count == 0)
            {
                _spare = _chunks[^1];
                _chunks.RemoveAt(_chunks.Count - 1);
            }

            var chunk = _spare ?? new Chunk();
            _spare = null;
            chunk.Number = number;
            _chunks.Add(chunk);
        }

        var last = _chunks[^1];
        int place = (int)(ordinal % Chunk.Size);
        last.Entries[place] = entry;
        last.Count++;
        _oldest = Count == 0 ? place : _oldest;
        Count++;
        entry.ListOrdinal = ordinal;
    }

    /// <summary>Drops what is empty at the front and finds the first entry behind it.</summary>
    private void FindOldest()
    {
        int empty = 0;
        while (empty < _chunks.Count - 1 && _chunks[empty].Count == 0)
        {
            empty++;
        }

        if (empty > 0)
        {
            _spare = _chunks[0];
            _chunks.RemoveRange(0, empty);
            _oldest = 0;
        }

        var first = _chunks[0];
        while (first.Count > 0 && first.Entries[_oldest] is null)
        {
            _oldest++;
        }
    }

    /// <summary>The index of a chunk. Without gaps it follows from the last one.</summary>
    private int IndexOf(ulong number)
    {
        int high = _chunks.Count - 1;
        ulong behind = _chunks[high].Number - number;
        if (behind <= (ulong)high && _chunks[high - (int)behind].Number == number)
        {
            return high - (int)behind;
        }

        int low = 0;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (_chunks[middle].Number < number)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    /// <summary>Walks from the oldest entry on.</summary>
    public ref struct Enumerator
    {
        private readonly ReadOnlySpan<Chunk> _chunks;
        private int _chunk;
        private int _place;

        internal Enumerator(ReadOnlySpan<Chunk> chunks, int place)
        {
            _chunks = chunks;
            _place = place;
        }

        /// <summary>The entry.</summary>
        public readonly T Current => _chunks[_chunk].Entries[_place]!;

        /// <summary>Steps to the next entry; false at the end.</summary>
        public bool MoveNext()
        {
            for (; _chunk < _chunks.Length; _chunk++)
            {
                var entries = _chunks[_chunk].Entries;
                while (++_place < entries.Length)
                {
                    if (entries[_place] is not null)
                    {
                        return true;
                    }
                }

                _place = -1;
            }

            return false;
        }
    }

    /// <summary>Entries of consecutive ordinals.</summary>
    internal sealed class Chunk
    {
        public const int Size = 32;

        /// <summary>The ordinals divided by <see cref="Size"/>.</summary>
        public ulong Number { get; set; }

        public T?[] Entries { get; } = new T?[Size];

        public int Count { get; set; }
    }
}
