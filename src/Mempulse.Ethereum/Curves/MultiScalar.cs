using System.Numerics;
using Mempulse.Ethereum.Fields;

namespace Mempulse.Ethereum.Curves;

/// <summary>Multi-scalar multiplication: few points share their doublings, many points are first added up by equal digit.</summary>
/// <remarks>
/// Moeller, Algorithms for multi-exponentiation, 2001, section 3.2 (interleaving); Bernstein, Doumen, Lange, Oosterwijk, Faster batch forgery
/// identification, 2012, section 4 (Pippenger's buckets).
/// </remarks>
internal static class MultiScalar
{
    private const int MaxWindowBits = 8;

    /// <summary>The number of points from which on buckets take less work than interleaving.</summary>
    private const int BucketThreshold = 64;

    private const int OddMultiples = 1 << (SignedDigits.Width - 2);

    /// <summary>Returns the sum of all points, each times its big-endian scalar of <paramref name="scalarBytes"/> bytes.</summary>
    public static JacobianPoint<TField> Sum<TField>(ReadOnlySpan<AffinePoint<TField>> points, ReadOnlySpan<byte> scalars, int scalarBytes)
        where TField : struct, IFieldElement<TField> =>
        points.Length < BucketThreshold ? Interleave(points, scalars, scalarBytes) : FillBuckets(points, scalars, scalarBytes);

    /// <summary>Uses a table of the odd multiples of each point, and one sequence of doublings for all of them.</summary>
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

    /// <summary>Uses a bucket for each digit of a window, and adds up all buckets times their digits.</summary>
    public static JacobianPoint<TField> FillBuckets<TField>(ReadOnlySpan<AffinePoint<TField>> points, ReadOnlySpan<byte> scalars, int scalarBytes)
        where TField : struct, IFieldElement<TField>
    {
        int width = Math.Clamp(BitOperations.Log2((uint)points.Length + 1) - 1, 2, MaxWindowBits);
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

            result = JacobianPoint<TField>.Add(result, SumWeighted<TField>(buckets));
        }

        return result;
    }

    /// <summary>Returns the sum of each bucket times its index, which is the sum of the running sums from the highest bucket down.</summary>
    private static JacobianPoint<TField> SumWeighted<TField>(ReadOnlySpan<JacobianPoint<TField>> buckets)
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

    /// <summary>Fills in the point times 1, 3, 5 and so on.</summary>
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
