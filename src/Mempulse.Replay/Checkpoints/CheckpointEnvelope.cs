using System.Buffers.Binary;
using System.IO.Hashing;
using Mempulse.Replay.Entries;

namespace Mempulse.Replay.Checkpoints;

/// <summary>The envelope of a checkpoint: magic, version, and the hash at the end.</summary>
internal static class CheckpointEnvelope
{
    private const int HashSize = 16;

    /// <summary>The content without the hash, which has been verified.</summary>
    public static ReadOnlySpan<byte> Unwrap(ReadOnlySpan<byte> checkpoint)
    {
        if (checkpoint.Length < HashSize)
        {
            throw new CheckpointException($"The checkpoint is truncated: expected at least {HashSize} bytes, found {checkpoint.Length}.");
        }

        var content = checkpoint[..^HashSize];
        var expected = BinaryPrimitives.ReadUInt128LittleEndian(checkpoint[^HashSize..]);
        var actual = XxHash128.HashToUInt128(content);
        return actual == expected
            ? content
            : throw new CheckpointException($"The checkpoint is damaged: expected hash {expected:x32}, found {actual:x32}.");
    }

    public static void ExpectHeader(ref EntryReader reader, uint magic, uint version)
    {
        uint foundMagic = reader.ReadUInt32();
        if (foundMagic != magic)
        {
            throw reader.Malformed($"{foundMagic:x8} is not the magic of a checkpoint");
        }

        uint foundVersion = reader.ReadUInt32();
        if (foundVersion != version)
        {
            throw new CheckpointException($"The checkpoint has format version {foundVersion}; this build reads version {version}.");
        }
    }

    public static void ExpectEnd(in EntryReader reader)
    {
        if (!reader.AtEnd)
        {
            throw reader.Malformed("unexpected bytes after the last entry");
        }
    }
}
