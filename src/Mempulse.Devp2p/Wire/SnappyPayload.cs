using Snappier;

namespace Mempulse.Devp2p.Wire;

/// <summary>Snappy in block format without framing (EIP-706); the length is checked before decompression.</summary>
internal static class SnappyPayload
{
    /// <summary>Longest decompressed message, 16 MiB: <see href="https://github.com/ethereum/devp2p/blob/master/rlpx.md#framing"/>.</summary>
    public const int MaxBytes = 16 * 1024 * 1024;

    /// <summary>
    /// Bounds the expansion ratio: a Snappy element of 3 bytes yields at most 64, so a greater stated length is false and is rejected before allocating.
    /// </summary>
    private const int MaxExpansion = 22;

    public static byte[] Compress(ReadOnlySpan<byte> payload)
    {
        byte[] compressed = new byte[Snappy.GetMaxCompressedLength(payload.Length)];
        return compressed[..Snappy.Compress(payload, compressed)];
    }

    /// <summary>Reads the decompressed length; false when the block is invalid, or its length is impossible or above <see cref="MaxBytes"/>.</summary>
    public static bool TryReadLength(ReadOnlySpan<byte> compressed, out int length)
    {
        length = 0;
        try
        {
            length = Snappy.GetUncompressedLength(compressed);
            return length is >= 0 and <= MaxBytes && length <= (long)compressed.Length * MaxExpansion;
        }
        catch (InvalidDataException) // Snappier throws this for bytes that are not a Snappy block
        {
            return false;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    /// <summary>Decompresses a block; false when it is invalid or its length is above <see cref="MaxBytes"/>.</summary>
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
        catch (ArgumentException) // Snappier throws this for a block that yields more than its stated length
        {
            return false;
        }
    }
}
