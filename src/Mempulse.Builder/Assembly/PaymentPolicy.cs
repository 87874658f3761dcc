using System.Globalization;
using Mempulse.Primitives;

namespace Mempulse.Builder.Assembly;

/// <summary>How much of a gain the executor pays the block's fee recipient: a share of what is left after gas, but never so much that less than the least profit remains. Version 1.</summary>
/// <param name="ShareBasisPoints">The share, 0 to 10,000.</param>
/// <param name="LeastProfit">What has to remain of the gain after gas and payment.</param>
public sealed record PaymentPolicy(int ShareBasisPoints, Wei LeastProfit)
{
    /// <summary>The whole gain in basis points.</summary>
    public const int Whole = 10_000;

    /// <summary>The name under which a bundle records it.</summary>
    public string Name => string.Create(CultureInfo.InvariantCulture, $"share/1 {ShareBasisPoints} bps");

    /// <summary>What is paid; null if the gain does not leave the least profit after gas.</summary>
    /// <param name="gain">What the exchanges gain.</param>
    /// <param name="gasCost">What the operator's gas costs.</param>
    public Wei? PaymentOf(in UInt256 gain, in UInt256 gasCost)
    {
        if (gain <= gasCost || gain - gasCost < LeastProfit.Value)
        {
            return null;
        }

        var surplus = gain - gasCost;
        UInt256.TryMultiplyDivide(surplus, UInt256.FromUInt64((ulong)ShareBasisPoints), UInt256.FromUInt64(Whole), out var share, out _); // fits: the share is at most the whole
        var most = surplus - LeastProfit.Value;
        return new Wei(share < most ? share : most);
    }
}
