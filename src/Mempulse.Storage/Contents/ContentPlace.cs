using Mempulse.Primitives;

namespace Mempulse.Storage.Contents;

/// <summary>Where a content is in its file.</summary>
/// <param name="Digest">Keccak-256 of the content.</param>
/// <param name="Offset">Byte offset of its frame; 0 for a file with a single content, which is read whole.</param>
/// <param name="LengthBytes">Size of the content in bytes.</param>
/// <param name="FrameBytes">Size of its Zstandard frame in bytes.</param>
/// <param name="FrameCrc">CRC-32C of the frame.</param>
internal readonly record struct ContentPlace(Hash256 Digest, long Offset, uint LengthBytes, uint FrameBytes, uint FrameCrc)
{
    /// <summary>Creates the place of the only content of a file; the other fields are read from the file.</summary>
    public static ContentPlace WholeFile(in Hash256 digest) => new(digest, 0, 0, 0, 0);
}
