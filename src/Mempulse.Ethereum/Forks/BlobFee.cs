using System.Numerics;
using Mempulse.Primitives;

namespace Mempulse.Ethereum.Forks;

/// <summary>The blob base fee. <see href="https://eips.ethereum.org/EIPS/eip-4844#gas-accounting"/></summary>
public static class BlobFee
{
    /// <summary>MIN_BASE_FEE_PER_BLOB_GAS, in wei.</summary>
    public const ulong MinFee = 1;

    /// <summary>GAS_PER_BLOB.</summary>
    public const ulong GasPerBlob = Eip4844.GasPerBlob;

    /// <summary>Smallest integer power of e above 2^256.</summary>
    private const ulong MaxPower = 178;

    /// <summary>Returns the fee in wei per blob gas: e^(excess / update fraction) by its Taylor series, capped at 2^256 - 1.</summary>
    /// <remarks>The series has about e times the power terms, so the power is checked first: a fabricated excess must not cost time.</remarks>
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
