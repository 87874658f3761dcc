using System.Numerics;
using Mempulse.Ethereum.Fields;

namespace Mempulse.Ethereum.Curves;

/// <summary>Sums of points times numbers, by Pippenger's buckets: the points of one digit are added once, however many digits there are.</summary>
/// <remarks>Bernstein, Doumen, Lange, Oosterwijk, Faster batch forgery identification, 2012, section 4.</remarks>
internal static class MultiScalar
{
    private const int MostBits = 8;

    /// <summary>The sum of each point times its big-endian number of <paramref name="scalarBytes"/> bytes.</summary>
    public static JacobianPoint<TField> Sum<TField>(ReadOnlySpan<AffinePoint<TField>> points, ReadOnlySpan<byte> scalars, int scalarBytes)
        where TField : struct, IFieldElement<TField>
    {
        int width = Math.Clamp(BitOperations.Log2((uint)points.Length + 1) - 1, 2, MostBits);
        int windows = ((8 * scalarBytes) + width - 1) / width;
        var buckets = new JacobianPoint<TField>[1 << width];
        JacobianPoint<TField> result = default;
        for (int window = windows - 1; window >= 0; window--)
        {
            for (int i = 0; i < width; i++)
            {
                result = JacobianPoint<TField>.Double(result);
            }

            Array.Clear(buckets);
            for (int i = 0; i < points.Length; i++)
            {
                int digit = Digit(scalars.Slice(i * scalarBytes, scalarBytes), window * width, width);
                if (digit != 0)
                {
                    buckets[digit] = JacobianPoint<TField>.Add(buckets[digit], points[i]);
                }
            }

            result = JacobianPoint<TField>.Add(result, Weigh<TField>(buckets));
        }

        return result;
    }

    /// <summary>Each bucket times its index: the sum of the running sums from the highest down.</summary>
    private static JacobianPoint<TField> Weigh<TField>(ReadOnlySpan<JacobianPoint<TField>> buckets)
        where TField : struct, IFieldElement<TField>
    {
        JacobianPoint<TField> running = default;
        JacobianPoint<TField> sum = default;
        for (int i = buckets.Length - 1; i > 0; i--)
        {
            running = JacobianPoint<TField>.Add(running, buckets[i]);
            sum = JacobianPoint<TField>.Add(sum, running);
        }

        return sum;
    }

    /// <summary>The bits of a big-endian number from <paramref name="lowest"/> up; bits above it are zero.</summary>
    private static int Digit(ReadOnlySpan<byte> scalar, int lowest, int width)
    {
        int at = scalar.Length - 1 - (lowest / 8);
        int pair = scalar[at] | (at > 0 ? scalar[at - 1] << 8 : 0);
        return (pair >> (lowest % 8)) & ((1 << width) - 1);
    }
}
