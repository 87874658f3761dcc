using System.IO.Hashing;
using Mempulse.Canon.Files;
using Mempulse.Canon.Segments;

namespace Mempulse.Canon.Verification;

/// <summary>The digest of a segment's bytes.</summary>
internal static class SegmentDigest
{
    /// <summary>Computes XxHash128 of the first <paramref name="sizeBytes"/> bytes.</summary>
    public static UInt128 Of(ILogFile file, long sizeBytes)
    {
        var digest = new XxHash128();
        byte[] chunk = new byte[FrameWalker.DefaultChunkBytes];
        int read;
        for (long at = 0; at < sizeBytes && (read = file.Read(chunk.AsSpan(0, (int)Math.Min(chunk.Length, sizeBytes - at)), at)) > 0; at += read)
        {
            digest.Append(chunk.AsSpan(0, read));
        }

        return digest.GetCurrentHashAsUInt128();
    }
}
