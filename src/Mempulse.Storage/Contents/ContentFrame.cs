using Mempulse.Ethereum.Hashing;
using Mempulse.Primitives;
using ZstdSharp;

namespace Mempulse.Storage.Contents;

/// <summary>Decompresses Zstandard frames into contents and checks their digests.</summary>
internal static class ContentFrame
{
    /// <summary>Decompresses a frame whose CRC has been checked.</summary>
    /// <param name="path">The file, for error messages.</param>
    /// <param name="offset">Byte offset of the frame in the file, for error messages.</param>
    /// <param name="frame">The frame.</param>
    /// <param name="lengthBytes">The length of the content that the file declares, in bytes.</param>
    /// <param name="digest">The expected digest of the content.</param>
    /// <param name="digestOffset">Byte offset in the file of the fields that describe the content, for error messages.</param>
    /// <exception cref="ContentDamagedException">The bytes are not a Zstandard frame of this length, or the content has another digest.</exception>
    public static byte[] Decompress(string path, long offset, ReadOnlySpan<byte> frame, uint lengthBytes, in Hash256 digest, long digestOffset)
    {
        if (lengthBytes > ContentStoreOptions.MaxContentBytes)
        {
            throw new ContentDamagedException(path, digestOffset, $"a content of at most {ContentStoreOptions.MaxContentBytes} bytes", $"a declared length of {lengthBytes}");
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
            throw new ContentDamagedException($"{path} is damaged at byte {offset}: expected a Zstandard frame of {lengthBytes} bytes of content: {damage.Message}", damage);
        }

        var actual = Keccak256.Hash(content);
        return actual == digest ? content : throw new ContentDamagedException(path, digestOffset, $"content with digest {digest}", $"{actual}");
    }
}
