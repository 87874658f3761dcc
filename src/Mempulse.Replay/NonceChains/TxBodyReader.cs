using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Events;
using Mempulse.Replay.State;

namespace Mempulse.Replay.NonceChains;

/// <summary>Reads of a TxDecoded payload what the fold keeps, without copying the rest.</summary>
/// <remarks>Keep in sync with docs/formats/events.md; a test holds it against <see cref="NormalizedTxCodec"/>.</remarks>
internal static class TxBodyReader
{
    /// <exception cref="EventDecodeException">The payload is malformed.</exception>
    public static TxBody Read(ReadOnlySpan<byte> payload)
    {
        var reader = new MessagePackReader(payload);
        int left = reader.ReadArrayHeader();
        var type = Next(ref left, ref reader) ? (TxType)reader.ReadUInt64(byte.MaxValue) : TxType.Legacy;
        SkipOne(ref left, ref reader); // chain id
        var nonce = new Nonce(Next(ref left, ref reader) ? reader.ReadUInt64() : 0);
        SkipOne(ref left, ref reader); // gas limit
        SkipOne(ref left, ref reader); // recipient
        SkipOne(ref left, ref reader); // value
        var maxFee = Next(ref left, ref reader) ? reader.ReadUInt256() : default;
        var maxPriorityFee = Next(ref left, ref reader) ? reader.ReadUInt256() : default;
        var maxBlobFee = Next(ref left, ref reader) ? reader.ReadUInt256() : default;
        int blobCount = Next(ref left, ref reader) ? (int)reader.ReadUInt64(int.MaxValue) : 0;
        SkipOne(ref left, ref reader); // input length
        SkipOne(ref left, ref reader); // selector
        int authorizationCount = Next(ref left, ref reader) ? reader.ReadArrayHeader() : 0;
        return new TxBody(type, nonce, new TxFees(maxFee, maxPriorityFee, maxBlobFee), blobCount, authorizationCount);
    }

    /// <summary>Steps to the next key; true when it has a value.</summary>
    private static bool Next(ref int left, ref MessagePackReader reader)
    {
        left--;
        return left >= 0 && !reader.TryReadNil();
    }

    private static void SkipOne(ref int left, ref MessagePackReader reader)
    {
        if (Next(ref left, ref reader))
        {
            reader.Skip();
        }
    }
}
