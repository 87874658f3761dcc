using Mempulse.Ethereum.Hashing;
using Mempulse.Primitives;

namespace Mempulse.Ethereum.Signatures;

/// <summary>Derives the account of a public key: the last 20 bytes of its Keccak-256. Yellow Paper, appendix F.</summary>
public static class SignerAddress
{
    private const int PublicKeyBytes = 64;

    /// <summary>Returns the account of the key with the coordinates x and y in <paramref name="publicKey"/>, 64 bytes.</summary>
    /// <exception cref="ArgumentException">The key does not have 64 bytes.</exception>
    public static Address OfPublicKey(ReadOnlySpan<byte> publicKey)
    {
        if (publicKey.Length != PublicKeyBytes)
        {
            throw new ArgumentException($"{publicKey.Length} bytes are not a valid public key: expected {PublicKeyBytes} bytes without a prefix.", nameof(publicKey));
        }

        Span<byte> hash = stackalloc byte[Hash256.Size];
        Keccak256.Hash(publicKey, hash);
        return new Address(hash[(Hash256.Size - Address.Size)..]);
    }
}
