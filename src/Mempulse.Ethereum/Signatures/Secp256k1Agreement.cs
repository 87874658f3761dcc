namespace Mempulse.Ethereum.Signatures;

/// <summary>ECDH on secp256k1 by the system's libsecp256k1, in constant time. Allocates nothing.</summary>
/// <remarks>SEC 1, section 3.3.1. Safe for any thread.</remarks>
public static class Secp256k1Agreement
{
    private const byte UncompressedPrefix = 4;

    /// <summary>True where this machine has the library, built with its module for key agreement.</summary>
    public static bool IsAvailable => Secp256k1Library.Loaded is { CanAgree: true };

    /// <summary>x of <paramref name="scalar"/> times a public key; false when one of them is none.</summary>
    /// <param name="scalar">The private key, 32 bytes, big-endian.</param>
    /// <param name="publicKey">x and y, 64 bytes.</param>
    /// <param name="shared">32 bytes to fill.</param>
    /// <exception cref="InvalidOperationException">It is not available here.</exception>
    /// <exception cref="ArgumentException">A length is another.</exception>
    public static bool TryAgree(ReadOnlySpan<byte> scalar, ReadOnlySpan<byte> publicKey, Span<byte> shared)
    {
        if (Secp256k1Library.Loaded is not { CanAgree: true } library)
        {
            throw new InvalidOperationException("libsecp256k1 with key agreement is not to be had on this machine.");
        }

        Span<byte> key = stackalloc byte[Secp256k1Library.UncompressedKeyBytes];
        key[0] = UncompressedPrefix;
        publicKey.CopyTo(key[1..]);
        return library.TryAgree(scalar, key, shared);
    }
}
