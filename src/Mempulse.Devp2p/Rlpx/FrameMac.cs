using System.Security.Cryptography;
using Mempulse.Ethereum.Hashing;
using Mempulse.Primitives;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Parameters;

namespace Mempulse.Devp2p.Rlpx;

/// <summary>The MAC of one direction: a running Keccak-256 over all traffic of that direction.</summary>
/// <remarks><see href="https://github.com/ethereum/devp2p/blob/master/rlpx.md#mac"/>. Confined to one thread at a time.</remarks>
internal sealed class FrameMac
{
    public const int TagBytes = 16;

    private readonly RunningKeccak _state = new();
    private readonly IBlockCipher _cipher = AesUtilities.CreateEngine();

    public FrameMac(ReadOnlySpan<byte> macSecret) => _cipher.Init(forEncryption: true, new KeyParameter(macSecret));

    /// <summary>Absorbs the bytes that initialise the state.</summary>
    public void Absorb(ReadOnlySpan<byte> bytes) => _state.Absorb(bytes);

    /// <summary>Returns the hash of the state so far, the value that the vectors of EIP-8 state.</summary>
    public Hash256 Peek() => _state.Peek();

    /// <summary>Absorbs an encrypted 16-byte header and writes its tag.</summary>
    public void TagHeader(ReadOnlySpan<byte> header, Span<byte> tag) => Mix(header, tag);

    /// <summary>Absorbs an encrypted, padded body and writes its tag.</summary>
    public void TagBody(ReadOnlySpan<byte> body, Span<byte> tag)
    {
        _state.Absorb(body);
        Span<byte> digest = stackalloc byte[Hash256.Size];
        _state.Peek().CopyTo(digest);
        Mix(digest[..TagBytes], tag);
    }

    /// <summary>Compares two tags in constant time.</summary>
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
