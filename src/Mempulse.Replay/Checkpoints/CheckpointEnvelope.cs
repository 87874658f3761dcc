using System.Buffers.Binary;
using System.IO.Hashing;
using Mempulse.Replay.Entries;

namespace Mempulse.Replay.Checkpoints;

/// <summary>The envelope of a checkpoint: magic, version, and the hash at the end.</summary>
internal static class CheckpointEnvelope
{
    private const int HashSize = 16;

    /// <summary>The content without the hash, which was checked.</summary>
    public static ReadOnlySpan<byte> Unwrap(ReadOnlySpan<byte> checkpoint)
    {
        if (checkpoint.Length < HashSize)
        {
            throw new CheckpointException($"A checkpoint has at least {HashSize} bytes, not {checkpoint.Length}.");
        }

        var content = checkpoint[..^HashSize];
        var expected = BinaryPrimitives.ReadUInt128LittleEndian(checkpoint[^HashSize..]);
        var actual = XxHash128.HashToUInt128(content);
        return actual == expected
            ? content
            : throw new CheckpointException($"The checkpoint's bytes hash to {actual:x32} where {expected:x32} was written.");
    }

    public static void ExpectHeader(ref EntryReader reader, uint magic, uint version)
    {
        uint foundMagic = reader.ReadUInt32();
        if (foundMagic != magic)
        {
            throw reader.Malformed($"its magic is {foundMagic:x8}, which is not that of a checkpoint");
        }

        uint foundVersion = reader.ReadUInt32();
        if (foundVersion != version)
        {
            throw new CheckpointException($"The checkpoint has format {foundVersion}; this version reads format {version}.");
        }
    }

    public static void ExpectEnd(in EntryReader reader)
    {
        if (!reader.AtEnd)
        {
            throw reader.Malformed("there are bytes after the last entry");
        }
    }
}
