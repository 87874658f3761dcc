using System.Numerics;
using Mempulse.Ethereum.Fields;

namespace Mempulse.Ethereum.Curves;

/// <summary>Sums of points times numbers. Few points share their doublings; of many, those with the same digit are added before they are multiplied.</summary>
/// <remarks>
/// Moeller, Algorithms for multi-exponentiation, 2001, section 3.2 (interleaving); Bernstein, Doumen, Lange, Oosterwijk, Faster batch forgery
/// identification, 2012, section 4 (Pippenger's buckets).
/// </remarks>
internal static class MultiScalar
{
    private const int MostBits = 8;

    /// <summary>From here on buckets take less work.</summary>
    private const int FewestForBuckets = 64;

    private const int OddMultiples = 1 << (SignedDigits.Width - 2);

    /// <summary>The sum of each point times its big-endian number of <paramref name="scalarBytes"/> bytes.</summary>
    public static JacobianPoint<TField> Sum<TField>(ReadOnlySpan<AffinePoint<TField>> points, ReadOnlySpan<byte> scalars, int scalarBytes)
        where TField : struct, IFieldElement<TField> =>
        points.Length < FewestForBuckets ? Interleave(points, scalars, scalarBytes) : FillBuckets(points, scalars, scalarBytes);

    /// <summary>A table of the odd multiples of each point, and one row of doublings for all of them.</summary>
    public static JacobianPoint<TField> Interleave<TField>(ReadOnlySpan<AffinePoint<TField>> points, ReadOnlySpan<byte> scalars, int scalarBytes)
        where TField : struct, IFieldElement<TField>
    {
        int count = SignedDigits.CountOf(scalarBytes);
        var digits = new sbyte[points.Length * count];
        var multiples = new JacobianPoint<TField>[points.Length * OddMultiples];
        for (int i = 0; i < points.Length; i++)
        {
            SignedDigits.Write(scalars.Slice(i * scalarBytes, scalarBytes), digits.AsSpan(i * count, count));
            FillOddMultiples(points[i], multiples.AsSpan(i * OddMultiples, OddMultiples));
        }

        JacobianPoint<TField> result = default;
        for (int at = count - 1; at >= 0; at--)
        {
            result = JacobianPoint<TField>.Double(result);
            for (int i = 0; i < points.Length; i++)
            {
                int digit = digits[(i * count) + at];
                if (digit != 0)
                {
                    ref readonly var multiple = ref multiples[(i * OddMultiples) + (Math.Abs(digit) >> 1)];
                    result = JacobianPoint<TField>.Add(result, digit > 0 ? multiple : multiple.Negated());
                }
            }
        }

        return result;
    }

    /// <summary>A bucket for each digit of a window, and a sum of all buckets times their digits.</summary>
    public static JacobianPoint<TField> FillBuckets<TField>(ReadOnlySpan<AffinePoint<TField>> points, ReadOnlySpan<byte> scalars, int scalarBytes)
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
                int digit = SignedDigits.Bits(scalars.Slice(i * scalarBytes, scalarBytes), window * width, width);
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

    /// <summary>The point once, three times, five times and so on.</summary>
    private static void FillOddMultiples<TField>(in AffinePoint<TField> point, Span<JacobianPoint<TField>> multiples)
        where TField : struct, IFieldElement<TField>
    {
        multiples[0] = new JacobianPoint<TField>(point);
        var twice = JacobianPoint<TField>.Double(multiples[0]);
        for (int i = 1; i < multiples.Length; i++)
        {
            multiples[i] = JacobianPoint<TField>.Add(multiples[i - 1], twice);
        }
    }
}
