using System.Runtime.InteropServices;
using Mempulse.Canon.Files;
using Mempulse.Canon.Format;
using Mempulse.Primitives.Records;
using Layout = Mempulse.Canon.Keys.KeyFileLayout;

namespace Mempulse.Canon.Keys;

/// <summary>Searches the key index of one sealed segment. Thread-safe.</summary>
/// <remarks>
/// Keys are hashes, so the place of one in its kind follows from its value: a search guesses the block by it and reads about two. What is guessed is only where to read, and a
/// search that has guessed in vain a few times halves what is left, so no choice of keys makes it slow.
/// </remarks>
/// <param name="files">The file system.</param>
/// <param name="path">The index.</param>
/// <param name="segment">The segment.</param>
/// <param name="end">Its end.</param>
internal sealed class KeyFileSearch(ILogFileSystem files, string path, SegmentHeader segment, SegmentEnd end)
{
    /// <summary>Guesses before a search halves. Each makes what is left about as small as its square root.</summary>
    private const int MaxGuesses = 5;

    /// <summary>By kind: the first block whose last entry is of this kind or of a later one; then the number of blocks. Null until the file was found usable.</summary>
    private int[]? _starts;

    /// <summary>Adds the ordinals of the records that carry a key, in ascending order.</summary>
    /// <returns>False if the file is missing, damaged, or of another segment, and must be written again.</returns>
    public bool TryFind(in KeyEntry wanted, List<uint> ordinals)
    {
        if (!files.Exists(path))
        {
            return false;
        }

        using var file = files.Open(path, FileUse.Read);
        var blocks = new Blocks(file);
        if ((Volatile.Read(ref _starts) ?? ReadStarts(file, blocks)) is not { } starts)
        {
            return false;
        }

        int number = starts[^1];
        if (wanted.Kind < EventKeys.KindCount && !TryFirst(blocks, starts[wanted.Kind], starts[wanted.Kind + 1], wanted, out number))
        {
            return false;
        }

        for (bool goesOn = true; goesOn && number < starts[^1]; number++)
        {
            if (!blocks.TryRead(number, out var entries))
            {
                return false;
            }

            goesOn = AddMatches(entries, wanted, ordinals);
        }

        return true;
    }

    /// <summary>Finds where each kind begins: once, by halving.</summary>
    private int[]? ReadStarts(ILogFile file, Blocks blocks)
    {
        if (!KeyFile.TryReadHeader(file, segment, end, out int count))
        {
            return null;
        }

        int[] starts = new int[EventKeys.KindCount + 1];
        starts[^1] = count;
        for (uint kind = 1; kind < EventKeys.KindCount; kind++)
        {
            if (!TryHalve(blocks, starts[kind - 1], count, new KeyEntry(0, 0, kind, 0), out starts[kind]))
            {
                return null;
            }
        }

        Volatile.Write(ref _starts, starts);
        return starts;
    }

    /// <summary>Finds the first block whose last entry is not below a key; <paramref name="high"/> if no block before it is that one.</summary>
    /// <returns>False if a block is damaged.</returns>
    private static bool TryFirst(Blocks blocks, int low, int high, in KeyEntry wanted, out int number)
    {
        (ulong below, ulong above) = (ulong.MinValue, ulong.MaxValue);
        for (int guess = 0; guess < MaxGuesses && low < high; guess++)
        {
            number = low + (int)((UInt128)(wanted.High - below) * (uint)(high - low) / ((UInt128)(above - below) + 1));
            if (!blocks.TryRead(number, out var entries))
            {
                return false;
            }

            if (entries[^1] < wanted)
            {
                (low, below) = (number + 1, entries[^1].Kind == wanted.Kind ? entries[^1].High : below);
            }
            else if (entries[0] < wanted)
            {
                return true; // the key is in this block, or nowhere
            }
            else
            {
                (high, above) = (number, entries[0].Kind == wanted.Kind ? entries[0].High : above);
            }
        }

        return TryHalve(blocks, low, high, wanted, out number);
    }

    private static bool TryHalve(Blocks blocks, int low, int high, in KeyEntry wanted, out int number)
    {
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (!blocks.TryRead(middle, out var entries))
            {
                number = low;
                return false;
            }

            (low, high) = entries[^1] < wanted ? (middle + 1, high) : (low, middle);
        }

        number = low;
        return true;
    }

    /// <returns>True if the next block may continue with the key.</returns>
    private static bool AddMatches(ReadOnlySpan<KeyEntry> entries, in KeyEntry wanted, List<uint> ordinals)
    {
        int first = entries.BinarySearch(wanted); // its ordinal is 0, so no entry of the key is before it
        foreach (var entry in entries[(first < 0 ? ~first : first)..])
        {
            if (!entry.IsSameKey(wanted))
            {
                return false;
            }

            ordinals.Add(entry.Ordinal);
        }

        return true;
    }

    /// <summary>The blocks of an index; the last one that was read is held.</summary>
    private sealed class Blocks(ILogFile file)
    {
        private readonly byte[] _bytes = new byte[Layout.BlockBytes];
        private int _held = -1;
        private int _count;

        /// <summary>The entries of a block, valid until the next one is read.</summary>
        /// <returns>False if it is damaged.</returns>
        public bool TryRead(int number, out ReadOnlySpan<KeyEntry> entries)
        {
            if (_held != number)
            {
                _held = -1;
                if (KeyFile.ReadBlock(file, _bytes, number) is not { } count)
                {
                    entries = default;
                    return false;
                }

                (_held, _count) = (number, count);
            }

            entries = MemoryMarshal.Cast<byte, KeyEntry>(_bytes.AsSpan(0, _count * KeyEntry.SizeBytes));
            return true;
        }
    }
}
