using Snappier;

namespace Mempulse.Devp2p.Wire;

/// <summary>Snappy, block format without framing (EIP-706), with the length bounded before anything is decompressed.</summary>
internal static class SnappyPayload
{
    /// <summary>Longest message after decompression: <see href="https://github.com/ethereum/devp2p/blob/master/rlpx.md#framing"/> says 16 MiB.</summary>
    public const int MaxBytes = 16 * 1024 * 1024;

    /// <summary>No snappy element makes more than 64 bytes of 3: a longer promise is a lie, told before memory is taken for it.</summary>
    private const int MaxExpansion = 22;

    public static byte[] Compress(ReadOnlySpan<byte> payload)
    {
        byte[] compressed = new byte[Snappy.GetMaxCompressedLength(payload.Length)];
        return compressed[..Snappy.Compress(payload, compressed)];
    }

    /// <summary>How long the block's content is; false when the bytes are no snappy block or promise more than <see cref="MaxBytes"/>.</summary>
    public static bool TryReadLength(ReadOnlySpan<byte> compressed, out int length)
    {
        length = 0;
        try
        {
            length = Snappy.GetUncompressedLength(compressed);
            return length is >= 0 and <= MaxBytes && length <= (long)compressed.Length * MaxExpansion;
        }
        catch (InvalidDataException) // the package's word for bytes that are no snappy block
        {
            return false;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    /// <summary>Decompresses; false when the bytes are no snappy block or promise more than <see cref="MaxBytes"/>.</summary>
    public static bool TryDecompress(ReadOnlySpan<byte> compressed, out byte[] payload)
    {
        payload = [];
        if (!TryReadLength(compressed, out int length))
        {
            return false;
        }

        try
        {
            payload = new byte[length];
            return Snappy.Decompress(compressed, payload) == length;
        }
        catch (InvalidDataException)
        {
            return false;
        }
        catch (ArgumentException) // what the package says for a block that makes more than it promised
        {
            return false;
        }
    }
}
