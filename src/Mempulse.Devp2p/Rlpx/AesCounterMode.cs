using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;

namespace Mempulse.Devp2p.Rlpx;

/// <summary>AES-CTR as one continuous key stream; encryption and decryption are the same operation.</summary>
/// <remarks>
/// Confined to one thread at a time. The key stream is generated 256 blocks ahead in one call: the platform's cipher pipelines independent blocks,
/// while single-block calls pay the latency of all rounds each time.
/// </remarks>
internal sealed class AesCounterMode : IDisposable
{
    public const int BlockBytes = 16;
    private const int AheadBytes = 256 * BlockBytes;

    private readonly Aes _cipher = Aes.Create();
    private readonly byte[] _keyStream = new byte[AheadBytes];
    private UInt128 _counter;
    private int _position = AheadBytes;

    /// <param name="key">16 or 32 bytes.</param>
    /// <param name="counter">The initial counter block, 16 bytes.</param>
    public AesCounterMode(ReadOnlySpan<byte> key, ReadOnlySpan<byte> counter)
    {
        _cipher.SetKey(key);
        _counter = BinaryPrimitives.ReadUInt128BigEndian(counter);
    }

    /// <summary>Encrypts or decrypts in place.</summary>
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

    /// <inheritdoc/>
    public void Dispose() => _cipher.Dispose();

    /// <summary>The counter is a 128-bit big-endian number that wraps around.</summary>
    private void Refill()
    {
        for (int at = 0; at < AheadBytes; at += BlockBytes)
        {
            BinaryPrimitives.WriteUInt128BigEndian(_keyStream.AsSpan(at), _counter);
            _counter = unchecked(_counter + 1);
        }

        _cipher.EncryptEcb(_keyStream, _keyStream, PaddingMode.None);
        _position = 0;
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
