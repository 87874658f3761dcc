using System.Numerics;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Replay.Tests.PlainRules;

/// <summary>geth's rule for replacements, in integers without a limit: legacypool/list.go and blobpool/blobpool.go.</summary>
internal static class PriceBump
{
    public static bool Replaces(NormalizedTx standing, NormalizedTx newcomer, FoldParameters parameters)
    {
        bool isBlob = standing.Type == TxType.Blob;
        if (isBlob != (newcomer.Type == TxType.Blob))
        {
            return false; // an account is in one of geth's two pools at a time
        }

        uint percent = isBlob ? parameters.BlobFeeBumpPercent : parameters.FeeBumpPercent;
        return Rises(standing.MaxFeePerGas, newcomer.MaxFeePerGas, percent)
            && Rises(standing.MaxPriorityFeePerGas, newcomer.MaxPriorityFeePerGas, percent)
            && (!isBlob || Rises(standing.MaxFeePerBlobGas, newcomer.MaxFeePerBlobGas, percent));
    }

    private static bool Rises(Wei from, Wei to, uint percent)
    {
        var (old, bid) = (Integer(from), Integer(to));
        return bid > old && bid >= old * (100 + percent) / 100;
    }

    private static BigInteger Integer(Wei amount)
    {
        var bytes = new byte[32];
        amount.Value.WriteBigEndian(bytes);
        return new BigInteger(bytes, isUnsigned: true, isBigEndian: true);
    }
}
