using Mempulse.Ethereum.Curves;
using Mempulse.Ethereum.Fields;

namespace Mempulse.Ethereum.Tests.Kzg;

/// <summary>Scalar multiplication by double-and-add, the plain computation that the shortcuts are compared with.</summary>
internal static class PlainProduct
{
    /// <summary>The point times a big-endian scalar of any length.</summary>
    public static JacobianPoint<TField> Of<TField>(in JacobianPoint<TField> point, ReadOnlySpan<byte> scalar)
        where TField : struct, IFieldElement<TField>
    {
        JacobianPoint<TField> result = default;
        foreach (byte next in scalar)
        {
            for (int bit = 7; bit >= 0; bit--)
            {
                result = JacobianPoint<TField>.Double(result);
                result = ((next >> bit) & 1) != 0 ? JacobianPoint<TField>.Add(result, point) : result;
            }
        }

        return result;
    }
}
