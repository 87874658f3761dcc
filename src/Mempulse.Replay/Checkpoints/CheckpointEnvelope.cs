using System.Buffers.Binary;
using System.IO.Hashing;

namespace Mempulse.Replay.Checkpoints;

/// <summary>What surrounds a checkpoint's content: magic, version, and the hash at the end.</summary>
internal static class CheckpointEnvelope
{
    private const int HashSize = 16;

    /// <summary>The content without the hash, after the hash was found right.</summary>
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
            throw reader.Malformed($"magic {foundMagic:x8} is not that of a checkpoint");
        }

        uint foundVersion = reader.ReadUInt32();
        if (foundVersion != version)
        {
            throw new CheckpointException($"The checkpoint has format {foundVersion}; this reads {version}.");
        }
    }

    public static void ExpectEnd(in EntryReader reader)
    {
        if (!reader.AtEnd)
        {
            throw reader.Malformed("bytes are left after the last entry");
        }
    }
}
