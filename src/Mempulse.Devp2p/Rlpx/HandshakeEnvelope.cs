using System.Buffers.Binary;
using System.Security.Cryptography;
using Mempulse.Devp2p.Keys;
using Mempulse.Primitives.Encoding;

namespace Mempulse.Devp2p.Rlpx;

/// <summary>What surrounds both handshake messages: a length of two bytes that the tag covers, encryption, padding.</summary>
/// <remarks>EIP-8: <see href="https://eips.ethereum.org/EIPS/eip-8"/>.</remarks>
internal static class HandshakeEnvelope
{
    /// <summary>Version that messages state; EIP-8 says 4.</summary>
    public const ulong Version = 4;

    /// <summary>Length of the length.</summary>
    public const int PrefixBytes = sizeof(ushort);

    /// <summary>Longest message accepted: four times what anybody sends, so that a stranger cannot make us wait for more.</summary>
    public const int MaxBytes = 2048;

    private const int MinPaddingBytes = 100;
    private const int MaxPaddingBytes = 300;

    /// <summary>Pads, encrypts and puts the length in front.</summary>
    public static byte[] Seal(NodeId recipient, ByteBuffer plain)
    {
        int padding = RandomNumberGenerator.GetInt32(MinPaddingBytes, MaxPaddingBytes);
        RandomNumberGenerator.Fill(plain.Append(padding));
        byte[] prefix = new byte[PrefixBytes];
        BinaryPrimitives.WriteUInt16BigEndian(prefix, (ushort)(plain.Length + Ecies.OverheadBytes));
        return [.. prefix, .. Ecies.Encrypt(recipient, plain.WrittenSpan, prefix)];
    }

    /// <summary>Decrypts a whole message.</summary>
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
