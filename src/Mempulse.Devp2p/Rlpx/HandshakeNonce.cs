using System.Security.Cryptography;
using Mempulse.Primitives;

namespace Mempulse.Devp2p.Rlpx;

/// <summary>The 32 random bytes that each side contributes to a handshake.</summary>
internal static class HandshakeNonce
{
    public static Hash256 Create()
    {
        Span<byte> bytes = stackalloc byte[Hash256.Size];
        RandomNumberGenerator.Fill(bytes);
        return new Hash256(bytes);
    }

    /// <summary>XORs the nonce into the token in place.</summary>
    public static void Mix(Span<byte> token, in Hash256 nonce)
    {
        Span<byte> bytes = stackalloc byte[Hash256.Size];
        nonce.CopyTo(bytes);
        for (int i = 0; i < bytes.Length; i++)
        {
            token[i] ^= bytes[i];
        }
    }
}
