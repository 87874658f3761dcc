using Mempulse.Primitives;
using Org.BouncyCastle.Asn1.Sec;
using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using Org.BouncyCastle.Math;

namespace Mempulse.Ethereum.Signatures;

/// <summary>Signs digests with one key; signatures are deterministic (RFC 6979) and have a low s (EIP-2).</summary>
/// <remarks>libsecp256k1 signs in constant time; without it BouncyCastle gives the same signatures, slower and not in constant time.</remarks>
public sealed class EcdsaSigner
{
    /// <summary>Size of a private key in bytes.</summary>
    public const int KeyBytes = 32;

    private static readonly ECDomainParameters Domain = new(SecNamedCurves.GetByName("secp256k1"));

    private readonly byte[] _scalar;
    private readonly ECPrivateKeyParameters _key;
    private readonly Secp256k1Library? _library;
    private readonly BouncyCastleRecovery _recovery = new();

    /// <summary>Creates a signer with a private key of 32 bytes, big-endian.</summary>
    /// <exception cref="ArgumentException">The key does not have 32 bytes, is zero, or is not below the order of the curve.</exception>
    public EcdsaSigner(ReadOnlySpan<byte> privateKey)
        : this(privateKey, Secp256k1Library.Loaded)
    {
    }

    /// <summary>Creates a signer that uses <paramref name="library"/>; null for BouncyCastle.</summary>
    internal EcdsaSigner(ReadOnlySpan<byte> privateKey, Secp256k1Library? library)
    {
        _library = library;
        _scalar = privateKey.ToArray();
        var scalar = new BigInteger(1, _scalar);
        if (privateKey.Length != KeyBytes || scalar.SignValue == 0 || scalar.CompareTo(Domain.N) >= 0)
        {
            throw new ArgumentException("The bytes are not a valid private key: expected 32 bytes with a value from 1 to the order of the curve, exclusive.", nameof(privateKey));
        }

        _key = new ECPrivateKeyParameters(scalar, Domain);
        var publicKey = Domain.G.Multiply(scalar).Normalize();
        Account = SignerAddress.OfPublicKey(publicKey.GetEncoded(compressed: false).AsSpan(1));
    }

    /// <summary>The account that the key controls.</summary>
    public Address Account { get; }

    /// <summary>Signs a digest.</summary>
    public EcdsaSignature Sign(in Hash256 digest)
    {
        Span<byte> message = stackalloc byte[Hash256.Size];
        digest.CopyTo(message);
        Span<byte> compact = stackalloc byte[Secp256k1Library.CompactSignatureBytes];
        return _library is not null && _library.TrySign(message, _scalar, compact, out int parity) && parity <= 1
            ? new EcdsaSignature(UInt256.FromBigEndian(compact[..UInt256.Size]), UInt256.FromBigEndian(compact[UInt256.Size..]), (byte)parity)
            : SignManaged(digest);
    }

    private EcdsaSignature SignManaged(in Hash256 digest)
    {
        var signer = new ECDsaSigner(new HMacDsaKCalculator(new Sha256Digest()));
        signer.Init(forSigning: true, _key);
        var parts = signer.GenerateSignature(digest.ToArray());
        var s = parts[1].CompareTo(Domain.N.ShiftRight(1)) > 0 ? Domain.N.Subtract(parts[1]) : parts[1];
        var even = new EcdsaSignature(ToWord(parts[0]), ToWord(s), YParity: 0);
        bool isEven = _recovery.TryRecover(digest, even, out var account) && account == Account;
        return isEven ? even : even with { YParity = 1 };
    }

    private static UInt256 ToWord(BigInteger value) => UInt256.FromBigEndian(value.ToByteArrayUnsigned());
}
