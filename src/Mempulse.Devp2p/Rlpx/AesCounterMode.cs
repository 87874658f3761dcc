using System.Numerics;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Parameters;

namespace Mempulse.Devp2p.Rlpx;

/// <summary>AES in counter mode as one endless key stream. Encrypts and decrypts alike.</summary>
/// <remarks>Confined to one thread at a time. The key stream is made some blocks ahead, so that short frames are cheap.</remarks>
internal sealed class AesCounterMode
{
    public const int BlockBytes = 16;
    private const int AheadBytes = 128 * BlockBytes;

    private readonly IBlockCipher _cipher = Org.BouncyCastle.Crypto.AesUtilities.CreateEngine();
    private readonly byte[] _counter = new byte[BlockBytes];
    private readonly byte[] _keyStream = new byte[AheadBytes];
    private int _position = AheadBytes;

    /// <param name="key">16 or 32 bytes.</param>
    /// <param name="counter">The first counter block, 16 bytes.</param>
    public AesCounterMode(ReadOnlySpan<byte> key, ReadOnlySpan<byte> counter)
    {
        _cipher.Init(forEncryption: true, new KeyParameter(key));
        counter.CopyTo(_counter);
    }

    /// <summary>Transforms in place.</summary>
    public void Transform(Span<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            if (_position == AheadBytes)
            {
                Refill();
            }

            int taken = Math.Min(bytes.Length, AheadBytes - _position);
            Xor(bytes[..taken], _keyStream.AsSpan(_position, taken));
            _position += taken;
            bytes = bytes[taken..];
        }
    }

    private void Refill()
    {
        for (int at = 0; at < AheadBytes; at += BlockBytes)
        {
            _cipher.ProcessBlock(_counter, _keyStream.AsSpan(at));
            Increment();
        }

        _position = 0;
    }

    /// <summary>The counter is one big-endian number of 128 bits that wraps.</summary>
    private void Increment()
    {
        for (int i = BlockBytes - 1; i >= 0; i--)
        {
            _counter[i] = unchecked((byte)(_counter[i] + 1));
            if (_counter[i] != 0)
            {
                return;
            }
        }
    }

    private static void Xor(Span<byte> target, ReadOnlySpan<byte> with)
    {
        int at = 0;
        for (; at <= target.Length - Vector<byte>.Count; at += Vector<byte>.Count)
        {
            (new Vector<byte>(target[at..]) ^ new Vector<byte>(with[at..])).CopyTo(target[at..]);
        }

        for (; at < target.Length; at++)
        {
            target[at] ^= with[at];
        }
    }
}
