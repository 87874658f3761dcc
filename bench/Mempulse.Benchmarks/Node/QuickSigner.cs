using System.Numerics;
using Mempulse.Ethereum.Signatures;
using Mempulse.Primitives;

namespace Mempulse.Benchmarks.Node;

/// <summary>Signs everything with one nonce point: millions of valid signatures in seconds.</summary>
/// <remarks>
/// This reveals the keys, which are hashes of names anyway. The cost of a recovery does not depend on the nonce point.
/// With k known, s = (z + r d) / k, so signing needs no multiplication on the curve.
/// </remarks>
internal sealed class QuickSigner
{
    private static readonly BigInteger Order = ToInteger(Secp256k1Curve.Order);

    private readonly BigInteger _inverseOfNonce;
    private readonly BigInteger _key;
    private readonly BigInteger _r;
    private readonly byte _parity;

    public QuickSigner(ReadOnlySpan<byte> key)
    {
        var slow = new EcdsaSigner(key);
        Account = slow.Account;
        _key = new BigInteger(key, isUnsigned: true, isBigEndian: true);

        // A regular signature yields a nonce point, and with the key its scalar: k = (z + r d) / s.
        Span<byte> name = stackalloc byte[Hash256.Size];
        key.CopyTo(name);
        var signed = slow.Sign(new Hash256(name));
        (_r, _parity) = (ToInteger(signed.R), signed.YParity);
        var nonce = (new BigInteger(name, isUnsigned: true, isBigEndian: true) + (_r * _key)) * Inverse(ToInteger(signed.S)) % Order;
        _inverseOfNonce = Inverse(nonce);
        R = signed.R;
    }

    /// <summary>The account of the key.</summary>
    public Address Account { get; }

    private UInt256 R { get; }

    /// <summary>Signs a digest, with a low s.</summary>
    public EcdsaSignature Sign(in Hash256 digest)
    {
        Span<byte> bytes = stackalloc byte[Hash256.Size];
        digest.CopyTo(bytes);
        var s = (new BigInteger(bytes, isUnsigned: true, isBigEndian: true) + (_r * _key)) * _inverseOfNonce % Order;
        bool isHigh = s > Order / 2;
        s = isHigh ? Order - s : s;
        bytes.Clear();
        s.TryWriteBytes(bytes[(Hash256.Size - s.GetByteCount(isUnsigned: true))..], out _, isUnsigned: true, isBigEndian: true);
        return new EcdsaSignature(R, UInt256.FromBigEndian(bytes), isHigh ? (byte)(_parity ^ 1) : _parity);
    }

    private static BigInteger Inverse(BigInteger value) => BigInteger.ModPow(value, Order - 2, Order);

    private static BigInteger ToInteger(UInt256 value)
    {
        Span<byte> bytes = stackalloc byte[Hash256.Size];
        value.WriteBigEndian(bytes);
        return new BigInteger(bytes, isUnsigned: true, isBigEndian: true);
    }
}
