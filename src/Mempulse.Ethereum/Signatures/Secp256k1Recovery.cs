using System.Diagnostics.CodeAnalysis;
using Mempulse.Primitives;

namespace Mempulse.Ethereum.Signatures;

/// <summary>Recovery with the system's libsecp256k1, the library that geth and reth use. Thread-safe; allocates nothing.</summary>
public sealed class Secp256k1Recovery : ISenderRecovery
{
    private readonly Secp256k1Library _library;

    private Secp256k1Recovery(Secp256k1Library library) => _library = library;

    /// <inheritdoc/>
    public string Name => "libsecp256k1";

    /// <summary>Binds to the library; false if it is not installed or lacks the recovery module.</summary>
    public static bool TryCreate([NotNullWhen(true)] out Secp256k1Recovery? recovery)
    {
        recovery = Secp256k1Library.Loaded is { } library ? new Secp256k1Recovery(library) : null;
        return recovery is not null;
    }

    /// <inheritdoc/>
    public bool TryRecover(in Hash256 digest, in EcdsaSignature signature, out Address signer)
    {
        signer = default;
        if (!signature.IsInRange)
        {
            return false;
        }

        Span<byte> message = stackalloc byte[Hash256.Size];
        digest.CopyTo(message);
        Span<byte> compact = stackalloc byte[Secp256k1Library.CompactSignatureBytes];
        signature.R.WriteBigEndian(compact);
        signature.S.WriteBigEndian(compact[UInt256.Size..]);
        Span<byte> key = stackalloc byte[Secp256k1Library.UncompressedKeyBytes];
        if (!_library.TryRecover(message, compact, signature.YParity, key))
        {
            return false;
        }

        signer = SignerAddress.OfPublicKey(key[1..]);
        return true;
    }
}
