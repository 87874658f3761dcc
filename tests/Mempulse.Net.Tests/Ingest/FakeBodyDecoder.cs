using System.IO.Hashing;
using Mempulse.Net.Decoding;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;

namespace Mempulse.Net.Tests.Ingest;

/// <summary>Takes every body that does not start with 0xff; its hash is made of its first bytes.</summary>
internal sealed class FakeBodyDecoder : IBodyDecoder
{
    /// <summary>Called before each decode.</summary>
    public Action OnDecode { get; init; } = static () => { };

    public BodyOutcome Decode(ReadOnlySpan<byte> raw, Hash256 expected, EventBatch into, in RecordMeta meta)
    {
        OnDecode();
        var hash = HashOf(raw);
        if (raw is [0xff, ..])
        {
            return BodyOutcome.Failed(hash, DropReason.DecodeFail, "Type 0xff is not known.");
        }

        if (!expected.IsZero && expected != hash)
        {
            return BodyOutcome.Failed(hash, DropReason.InvalidProtocol, "Another transaction was asked for.");
        }

        var sender = new Address(raw[..Math.Min(raw.Length, 20)].ToArray().Concat(new byte[20]).Take(20).ToArray());
        into.AddDecoded(hash, sender, TxOver(raw.ToArray()), meta);
        return BodyOutcome.Decoded(hash, sender);
    }

    public static Hash256 HashOf(ReadOnlySpan<byte> raw)
    {
        Span<byte> bytes = stackalloc byte[32];
        XxHash128.Hash(raw, bytes);
        return new Hash256(bytes);
    }

    private static NormalizedTx TxOver(byte[] raw) => new()
    {
        Type = TxType.Legacy,
        ChainId = new ChainId(1),
        Nonce = new Nonce(raw[0]),
        GasLimit = new Gas(21_000),
        Recipient = null,
        Value = default,
        MaxFeePerGas = default,
        MaxPriorityFeePerGas = default,
        MaxFeePerBlobGas = default,
        BlobCount = 0,
        InputLength = 0,
        Selector = null,
        AuthorizationList = default,
        RawBytes = raw,
    };
}
