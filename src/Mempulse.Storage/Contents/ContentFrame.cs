using Mempulse.Ethereum.Hashing;
using Mempulse.Primitives;
using ZstdSharp;

namespace Mempulse.Storage.Contents;

/// <summary>Zstandard frames back to contents, each held against its digest.</summary>
internal static class ContentFrame
{
    /// <summary>The content of a frame whose CRC was right.</summary>
    /// <param name="path">The file, for whoever reads of damage.</param>
    /// <param name="offset">Where the frame begins in it.</param>
    /// <param name="frame">The frame.</param>
    /// <param name="lengthBytes">What the file says of the content's length.</param>
    /// <param name="digest">The content's name.</param>
    /// <param name="digestOffset">Where the file names it.</param>
    /// <exception cref="ContentDamagedException">It is another one, or none.</exception>
    public static byte[] Decompress(string path, long offset, ReadOnlySpan<byte> frame, uint lengthBytes, in Hash256 digest, long digestOffset)
    {
        if (lengthBytes > ContentStoreOptions.MaxContentBytes)
        {
            throw new ContentDamagedException(path, digestOffset, $"a content of at most {ContentStoreOptions.MaxContentBytes} bytes", $"one of {lengthBytes}");
        }

        byte[] content = new byte[(int)lengthBytes];
        try
        {
            using var decompressor = new Decompressor();
            int written = decompressor.Unwrap(frame, content);
            if (written != content.Length)
            {
                throw new ContentDamagedException(path, offset, $"{lengthBytes} bytes of content", $"{written}");
            }
        }
        catch (ZstdException damage)
        {
            throw new ContentDamagedException($"{path} is damaged at byte {offset}: no Zstandard frame of {lengthBytes} bytes: {damage.Message}", damage);
        }

        var actual = Keccak256.Hash(content);
        return actual == digest ? content : throw new ContentDamagedException(path, digestOffset, $"content of digest {digest}", $"{actual}");
    }
}
