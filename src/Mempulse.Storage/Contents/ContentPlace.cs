using Mempulse.Primitives;

namespace Mempulse.Storage.Contents;

/// <summary>Where a content lies in its file.</summary>
/// <param name="Digest">Its name.</param>
/// <param name="Offset">Where its frame begins; 0 for a file of one content, which is read whole.</param>
/// <param name="LengthBytes">Bytes of the content.</param>
/// <param name="FrameBytes">Bytes of its Zstandard frame.</param>
/// <param name="FrameCrc">CRC-32C of the frame.</param>
internal readonly record struct ContentPlace(Hash256 Digest, long Offset, uint LengthBytes, uint FrameBytes, uint FrameCrc)
{
    /// <summary>The only content of a file of its own: the file says the rest.</summary>
    public static ContentPlace WholeFile(in Hash256 digest) => new(digest, 0, 0, 0, 0);
}
