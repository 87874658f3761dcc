namespace Mempulse.Ethereum.Signatures;

/// <summary>Constant-time ECDH on secp256k1 with the system's libsecp256k1.</summary>
/// <remarks>SEC 1, section 3.3.1. Thread-safe; allocates nothing.</remarks>
public static class Secp256k1Agreement
{
    private const byte UncompressedPrefix = 4;

    /// <summary>True if this machine has the library, built with its ECDH module.</summary>
    public static bool IsAvailable => Secp256k1Library.Loaded is { CanAgree: true };

    /// <summary>Computes the x coordinate of <paramref name="scalar"/> times a public key; false if either is not valid.</summary>
    /// <param name="scalar">The private key, 32 bytes, big-endian.</param>
    /// <param name="publicKey">The public key's x and y, 64 bytes.</param>
    /// <param name="shared">Receives the x coordinate, 32 bytes.</param>
    /// <exception cref="InvalidOperationException"><see cref="IsAvailable"/> is false.</exception>
    /// <exception cref="ArgumentException">A span does not have the stated length.</exception>
    public static bool TryAgree(ReadOnlySpan<byte> scalar, ReadOnlySpan<byte> publicKey, Span<byte> shared)
    {
        if (Secp256k1Library.Loaded is not { CanAgree: true } library)
        {
            throw new InvalidOperationException("Cannot agree on a key: libsecp256k1 with its ECDH module is not installed. Check IsAvailable first.");
        }

        if (publicKey.Length != Secp256k1Library.UncompressedKeyBytes - 1)
        {
            throw new ArgumentException($"{publicKey.Length} bytes are not a valid public key: expected {Secp256k1Library.UncompressedKeyBytes - 1}.", nameof(publicKey));
        }

        Span<byte> key = stackalloc byte[Secp256k1Library.UncompressedKeyBytes];
        key[0] = UncompressedPrefix;
        publicKey.CopyTo(key[1..]);
        return library.TryAgree(scalar, key, shared);
    }
}
