using System.Security.Cryptography;
using Mempulse.Devp2p.Keys;

namespace Mempulse.Devp2p.Rlpx;

/// <summary>The ECIES encryption of the handshake: ephemeral key, IV, AES-128-CTR, HMAC-SHA-256.</summary>
/// <remarks><see href="https://github.com/ethereum/devp2p/blob/master/rlpx.md#ecies-encryption"/>.</remarks>
internal static class Ecies
{
    /// <summary>Bytes that encryption adds: 65 for the key, 16 for the IV, 32 for the tag.</summary>
    public const int OverheadBytes = KeyBytes + IvBytes + TagBytes;

    /// <summary>First byte of every message: the prefix of an uncompressed key.</summary>
    public const byte Prefix = 0x04;

    private const int KeyBytes = 1 + NodeId.Size;
    private const int IvBytes = 16;
    private const int TagBytes = 32;
    private const int CipherKeyBytes = 16;

    /// <summary>Encrypts for the owner of a key; the tag also covers <paramref name="authenticated"/>, which is not part of the output.</summary>
    /// <exception cref="ArgumentException">The key is not a point on the curve.</exception>
    public static byte[] Encrypt(NodeId recipient, ReadOnlySpan<byte> plain, ReadOnlySpan<byte> authenticated)
    {
        var ephemeral = NodeKey.Create();
        Span<byte> keys = stackalloc byte[32];
        if (!TryDeriveKeys(ephemeral, recipient, keys))
        {
            throw new ArgumentException("The recipient's id is not a valid public key: expected a point on secp256k1.", nameof(recipient));
        }

        byte[] message = new byte[OverheadBytes + plain.Length];
        message[0] = Prefix;
        ephemeral.Id.CopyTo(message.AsSpan(1));
        var iv = message.AsSpan(KeyBytes, IvBytes);
        RandomNumberGenerator.Fill(iv);
        var body = message.AsSpan(KeyBytes + IvBytes, plain.Length);
        plain.CopyTo(body);
        using var cipher = new AesCounterMode(keys[..CipherKeyBytes], iv);
        cipher.Transform(body);
        Tag(keys[CipherKeyBytes..], message.AsSpan(KeyBytes, IvBytes + plain.Length), authenticated, message.AsSpan()[^TagBytes..]);
        return message;
    }

    /// <summary>Verifies and decrypts a message; false for any bytes that were not encrypted for this key.</summary>
    public static bool TryDecrypt(NodeKey key, ReadOnlySpan<byte> message, ReadOnlySpan<byte> authenticated, out byte[] plain)
    {
        plain = [];
        Span<byte> keys = stackalloc byte[32];
        if (message.Length < OverheadBytes || message[0] != Prefix || !TryDeriveKeys(key, new NodeId(message[1..KeyBytes]), keys))
        {
            return false;
        }

        Span<byte> tag = stackalloc byte[TagBytes];
        Tag(keys[CipherKeyBytes..], message[KeyBytes..^TagBytes], authenticated, tag);
        if (!CryptographicOperations.FixedTimeEquals(tag, message[^TagBytes..]))
        {
            return false;
        }

        plain = message[(KeyBytes + IvBytes)..^TagBytes].ToArray();
        using var cipher = new AesCounterMode(keys[..CipherKeyBytes], message.Slice(KeyBytes, IvBytes));
        cipher.Transform(plain);
        return true;
    }

    /// <summary>NIST SP 800-56 concatenation KDF over the shared secret; one round yields the 32 bytes.</summary>
    private static bool TryDeriveKeys(NodeKey own, NodeId other, Span<byte> keys)
    {
        Span<byte> input = stackalloc byte[sizeof(uint) + 32];
        input[..sizeof(uint)].Clear();
        input[sizeof(uint) - 1] = 1;
        if (!own.TryAgree(other, input[sizeof(uint)..]))
        {
            return false;
        }

        SHA256.HashData(input, keys);
        return true;
    }

    private static void Tag(ReadOnlySpan<byte> macKey, ReadOnlySpan<byte> ivAndBody, ReadOnlySpan<byte> authenticated, Span<byte> tag)
    {
        Span<byte> key = stackalloc byte[32];
        SHA256.HashData(macKey, key);
        using var mac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        mac.AppendData(ivAndBody);
        mac.AppendData(authenticated);
        mac.GetHashAndReset(tag);
    }
}
