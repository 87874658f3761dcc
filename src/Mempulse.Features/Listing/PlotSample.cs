using System.Buffers.Binary;
using System.Numerics;
using Mempulse.Primitives;

namespace Mempulse.Features.Listing;

/// <summary>Which transactions of a list a plot shows: all, or beyond a number the same part of them each time, so that points do not flicker.</summary>
/// <param name="Shift">One of 2^this transactions is shown, chosen by hash.</param>
public readonly record struct PlotSample(int Shift)
{
    /// <summary>Number of points that a plot shows at most.</summary>
    public const int MaxPoints = 4_000;

    /// <summary>The largest sample that fits.</summary>
    internal static PlotSample Of(ReadOnlySpan<ListedTx> rows)
    {
        Span<int> byZeros = stackalloc int[65];
        byZeros.Clear();
        foreach (var row in rows)
        {
            byZeros[BitOperations.TrailingZeroCount(IdOf(row.Hash))]++;
        }

        var (shift, points) = (0, rows.Length);
        while (points > MaxPoints)
        {
            points -= byZeros[shift++];
        }

        return new PlotSample(shift);
    }

    /// <summary>The id of a transaction in a plot: the first eight bytes of its hash.</summary>
    public static ulong IdOf(in Hash256 hash)
    {
        Span<byte> bytes = stackalloc byte[Hash256.Size];
        hash.CopyTo(bytes);
        return BinaryPrimitives.ReadUInt64BigEndian(bytes);
    }

    /// <summary>True if the plot shows a transaction.</summary>
    public bool Contains(in Hash256 hash) => BitOperations.TrailingZeroCount(IdOf(hash)) >= Shift;
}
