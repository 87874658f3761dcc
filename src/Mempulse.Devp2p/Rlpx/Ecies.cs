using System.Security.Cryptography;
using Mempulse.Devp2p.Keys;

namespace Mempulse.Devp2p.Rlpx;

/// <summary>The public-key encryption of the handshake: ephemeral key, iv, AES-128-CTR, HMAC-SHA-256.</summary>
/// <remarks><see href="https://github.com/ethereum/devp2p/blob/master/rlpx.md#ecies-encryption"/>.</remarks>
internal static class Ecies
{
    /// <summary>What encryption adds: 65 of key, 16 of iv, 32 of tag.</summary>
    public const int OverheadBytes = KeyBytes + IvBytes + TagBytes;

    /// <summary>First byte of every message: that of an uncompressed key.</summary>
    public const byte Prefix = 0x04;

    private const int KeyBytes = 1 + NodeId.Size;
    private const int IvBytes = 16;
    private const int TagBytes = 32;
    private const int CipherKeyBytes = 16;

    /// <summary>Encrypts for the owner of a key; <paramref name="authenticated"/> is covered by the tag and not sent.</summary>
    /// <exception cref="ArgumentException">The key is no point of the curve.</exception>
    public static byte[] Encrypt(NodeId recipient, ReadOnlySpan<byte> plain, ReadOnlySpan<byte> authenticated)
    {
        var ephemeral = NodeKey.Create();
        Span<byte> keys = stackalloc byte[32];
        if (!TryDeriveKeys(ephemeral, recipient, keys))
        {
            throw new ArgumentException("The recipient's id is no point of the curve.", nameof(recipient));
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

    /// <summary>Decrypts; false for anything that was not made for this key, whatever the bytes are.</summary>
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

    /// <summary>NIST SP 800-56 concatenation KDF over the shared x; 32 bytes are one round of it.</summary>
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
