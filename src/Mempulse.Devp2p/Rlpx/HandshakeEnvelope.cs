using System.Buffers.Binary;
using System.Security.Cryptography;
using Mempulse.Devp2p.Keys;
using Mempulse.Primitives.Encoding;

namespace Mempulse.Devp2p.Rlpx;

/// <summary>The envelope of both handshake messages: a two-byte length covered by the tag, encryption, and padding.</summary>
/// <remarks>EIP-8: <see href="https://eips.ethereum.org/EIPS/eip-8"/>.</remarks>
internal static class HandshakeEnvelope
{
    /// <summary>The version stated in the messages: 4 (EIP-8).</summary>
    public const ulong Version = 4;

    /// <summary>Length of the length prefix.</summary>
    public const int PrefixBytes = sizeof(ushort);

    /// <summary>Longest accepted message. Clients send up to about 600 bytes; the limit bounds what an unauthenticated peer can make us buffer.</summary>
    public const int MaxBytes = 2048;

    private const int MinPaddingBytes = 100;
    private const int MaxPaddingBytes = 300;

    /// <summary>Pads and encrypts a message, and prepends the length.</summary>
    public static byte[] Seal(NodeId recipient, ByteBuffer plain)
    {
        int padding = RandomNumberGenerator.GetInt32(MinPaddingBytes, MaxPaddingBytes);
        RandomNumberGenerator.Fill(plain.Append(padding));
        byte[] prefix = new byte[PrefixBytes];
        BinaryPrimitives.WriteUInt16BigEndian(prefix, (ushort)(plain.Length + Ecies.OverheadBytes));
        return [.. prefix, .. Ecies.Encrypt(recipient, plain.WrittenSpan, prefix)];
    }

    /// <summary>Decrypts a complete message of the given form.</summary>
    public static bool TryOpen(NodeKey key, ReadOnlySpan<byte> message, HandshakeForm form, out byte[] plain)
    {
        if (form == HandshakeForm.Legacy)
        {
            return Ecies.TryDecrypt(key, message, [], out plain);
        }

        plain = [];
        return message.Length > PrefixBytes
            && BinaryPrimitives.ReadUInt16BigEndian(message) == message.Length - PrefixBytes
            && Ecies.TryDecrypt(key, message[PrefixBytes..], message[..PrefixBytes], out plain);
    }
}
