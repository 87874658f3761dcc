using Mempulse.Ethereum.Hashing;
using Mempulse.Primitives;

namespace Mempulse.Ethereum.Signatures;

/// <summary>The account of a key: the last 20 bytes of its Keccak-256. Yellow Paper, appendix F.</summary>
public static class SignerAddress
{
    private const int PublicKeyBytes = 64;

    /// <summary>The account of the key whose coordinates x and y stand in <paramref name="publicKey"/>, 64 bytes.</summary>
    /// <exception cref="ArgumentException">Another length.</exception>
    public static Address OfPublicKey(ReadOnlySpan<byte> publicKey)
    {
        if (publicKey.Length != PublicKeyBytes)
        {
            throw new ArgumentException($"A public key without its prefix has {PublicKeyBytes} bytes, not {publicKey.Length}.", nameof(publicKey));
        }

        Span<byte> hash = stackalloc byte[Hash256.Size];
        Keccak256.Hash(publicKey, hash);
        return new Address(hash[(Hash256.Size - Address.Size)..]);
    }
}
