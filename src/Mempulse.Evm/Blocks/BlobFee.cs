using System.Numerics;
using Mempulse.Evm.Forks;
using Mempulse.Primitives;

namespace Mempulse.Evm.Blocks;

/// <summary>The fee market of blobs. <see href="https://eips.ethereum.org/EIPS/eip-4844#gas-accounting"/></summary>
public static class BlobFee
{
    /// <summary>MIN_BASE_FEE_PER_BLOB_GAS, in wei.</summary>
    public const ulong MinFee = 1;

    /// <summary>GAS_PER_BLOB.</summary>
    public const ulong GasPerBlob = 1 << 17;

    /// <summary>e to this power is above 2^256.</summary>
    private const ulong MaxPower = 178;

    /// <summary>Wei per blob gas at this excess: e to the power of excess over fraction, by its Taylor series; 2^256 - 1 where that is more.</summary>
    /// <remarks>The series has about e times the power terms: an excess that a header makes up must not be summed to its end.</remarks>
    public static UInt256 Of(ulong excessBlobGas, BlobSchedule schedule)
    {
        if (excessBlobGas / schedule.UpdateFraction >= MaxPower)
        {
            return UInt256.MaxValue;
        }

        var fraction = new BigInteger(schedule.UpdateFraction);
        var sum = BigInteger.Zero;
        var term = MinFee * fraction;
        for (int i = 1; term > 0; i++)
        {
            sum += term;
            term = term * excessBlobGas / (fraction * i);
        }

        var fee = sum / fraction;
        return fee.GetBitLength() > 256 ? UInt256.MaxValue : UInt256.FromBigEndian(fee.ToByteArray(isUnsigned: true, isBigEndian: true));
    }
}
