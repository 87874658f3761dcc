using System.Security.Cryptography;
using Mempulse.Ethereum.Hashing;
using Mempulse.Primitives;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Parameters;

namespace Mempulse.Devp2p.Rlpx;

/// <summary>The MAC of one direction: a Keccak over everything that went that way.</summary>
/// <remarks><see href="https://github.com/ethereum/devp2p/blob/master/rlpx.md#mac"/>. Confined to one thread at a time.</remarks>
internal sealed class FrameMac
{
    public const int TagBytes = 16;

    private readonly RunningKeccak _state = new();
    private readonly IBlockCipher _cipher = AesUtilities.CreateEngine();

    public FrameMac(ReadOnlySpan<byte> macSecret) => _cipher.Init(forEncryption: true, new KeyParameter(macSecret));

    /// <summary>Takes the bytes that set the state up.</summary>
    public void Absorb(ReadOnlySpan<byte> bytes) => _state.Absorb(bytes);

    /// <summary>The whole hash of the state, as the vectors of EIP-8 state it.</summary>
    public Hash256 Peek() => _state.Peek();

    /// <summary>Takes an encrypted header of 16 bytes and gives its tag.</summary>
    public void TagHeader(ReadOnlySpan<byte> header, Span<byte> tag) => Mix(header, tag);

    /// <summary>Takes an encrypted, padded body and gives its tag.</summary>
    public void TagBody(ReadOnlySpan<byte> body, Span<byte> tag)
    {
        _state.Absorb(body);
        Span<byte> digest = stackalloc byte[Hash256.Size];
        _state.Peek().CopyTo(digest);
        Mix(digest[..TagBytes], tag);
    }

    /// <summary>True when the tags agree; takes the same time where they do not.</summary>
    public static bool AreEqual(ReadOnlySpan<byte> expected, ReadOnlySpan<byte> actual) =>
        CryptographicOperations.FixedTimeEquals(expected, actual);

    private void Mix(ReadOnlySpan<byte> seed, Span<byte> tag)
    {
        Span<byte> digest = stackalloc byte[Hash256.Size];
        _state.Peek().CopyTo(digest);
        Span<byte> mixed = stackalloc byte[AesCounterMode.BlockBytes];
        _cipher.ProcessBlock(digest[..AesCounterMode.BlockBytes], mixed);
        for (int i = 0; i < mixed.Length; i++)
        {
            mixed[i] ^= seed[i];
        }

        _state.Absorb(mixed);
        _state.Peek().CopyTo(digest);
        digest[..TagBytes].CopyTo(tag);
    }
}
