using System.Buffers.Binary;
using Mempulse.Features.Decoding;
using Mempulse.Primitives;

namespace Mempulse.Benchmarks.Decode;

/// <summary>Calls that are built to explode a decoder.</summary>
internal static class WorstCalls
{
    private const int Word = 32;

    /// <summary>All of them.</summary>
    public static IReadOnlyList<WorstCall> All { get; } =
    [
        new("1,023 swaps that share their input", Address.Parse("0x66a9893cc07d91d95644aedd05d03f95e1dba8af"), SharedInputs()),
        new("8 levels of calls that share their bytes", Address.Parse("0xca11bde05977b3631167028862be2a173976ca11"), SharedLevels()),
        new("an array of 32,000 numbers for an unknown contract", Address.Parse("0x00000000000000000000000000000000000000bb"), LongArray()),
    ];

    /// <summary>A router's commands, each with the same swap.</summary>
    private static byte[] SharedInputs()
    {
        const int Count = DecodeBounds.MaxNodes - 1;
        int commands = (Count + Word - 1) / Word * Word;
        byte[] swap = [.. Words(1, 1_000, 900, 160, 1, 2), .. Words(0xaa), .. Words(0xbb)];
        swap[^1] = 0xcc;
        byte[] input = [.. Words(swap.Length), .. swap];
        byte[] commandBytes = new byte[commands];
        Array.Fill(commandBytes, (byte)0x08, 0, Count);
        byte[] offsets = [.. Enumerable.Range(0, Count).SelectMany(static _ => Words(Count * Word))];
        return [.. Convert.FromHexString("24856bc3"), .. Words(64, 96 + commands, Count), .. commandBytes, .. Words(Count), .. offsets, .. input];
    }

    /// <summary>Multicalls in multicalls, each of which points many times at the next one.</summary>
    private static byte[] SharedLevels()
    {
        byte[] inner = [.. Convert.FromHexString("a9059cbb"), .. Words(0xee, 5)];
        for (int level = 0; level < DecodeBounds.MaxDepth; level++)
        {
            const int Width = 4;
            byte[] call = [.. Words(0, 1, 96, inner.Length), .. inner, .. new byte[(Word - (inner.Length % Word)) % Word]];
            Convert.FromHexString("ca11bde05977b3631167028862be2a173976ca11").CopyTo(call.AsSpan(12));
            inner = [.. Convert.FromHexString("82ad56cb"), .. Words(32, Width), .. Enumerable.Range(0, Width).SelectMany(static _ => Words(Width * Word)), .. call];
        }

        return inner;
    }

    /// <summary>The longest path of tokens.</summary>
    private static byte[] LongArray()
    {
        int count = (DecodeBounds.MaxCalldataBytes - 4 - (6 * Word)) / Word;
        byte[] call = [.. Convert.FromHexString("38ed1739"), .. Words(1_000, 900, 160, 0xee, 7, count), .. new byte[count * Word]];
        return call;
    }

    private static byte[] Words(params int[] values)
    {
        byte[] words = new byte[Word * values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteInt32BigEndian(words.AsSpan((Word * i) + Word - 4), values[i]);
        }

        return words;
    }
}
