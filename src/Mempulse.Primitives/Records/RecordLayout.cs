namespace Mempulse.Primitives.Records;

/// <summary>Byte offsets of a record; little-endian. Keep in sync with docs/formats/record.md.</summary>
internal static class RecordLayout
{
    public const int Kind = 0;
    public const int Version = 2;
    public const int Flags = 3;
    public const int Lane = 4;
    public const int LocalSeq = 8;
    public const int Timestamp = 16;
    public const int Source = 24;
    public const int FixedSize = 32;
    public const int CauseSize = 8;

    /// <summary>Flag bit 7: a cause follows the fixed part. Bits 0 to 6 are the key kinds.</summary>
    public const byte HasCause = 0x80;

    public const byte KeyMask = 0x7f;

    /// <summary>A record in a batch is its length (u32), its bytes, and their CRC-32C (u32).</summary>
    public const int LengthPrefix = 4;

    public const int CrcSuffix = 4;
}
