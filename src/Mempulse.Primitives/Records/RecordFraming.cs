using System.Buffers.Binary;
using Mempulse.Primitives.Encoding;

namespace Mempulse.Primitives.Records;

/// <summary>What surrounds a record in a batch and in a frame: its length (u32) before it and its CRC-32C (u32) after it.</summary>
public static class RecordFraming
{
    /// <summary>Number of bytes around a record.</summary>
    public const int OverheadBytes = RecordLayout.LengthPrefix + RecordLayout.CrcSuffix;

    /// <summary>Returns the size in bytes of the first record, with what surrounds it; its CRC is not checked.</summary>
    /// <exception cref="EventDecodeException">The length points past the end.</exception>
    public static int SizeOfFirst(ReadOnlySpan<byte> records)
    {
        uint size = records.Length < OverheadBytes ? uint.MaxValue : BinaryPrimitives.ReadUInt32LittleEndian(records);
        return size <= (uint)(records.Length - OverheadBytes)
            ? (int)size + OverheadBytes
            : throw new EventDecodeException($"A record has an invalid length: {records.Length} bytes are left.");
    }
}
