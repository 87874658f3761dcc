namespace Mempulse.Canon.Keys;

/// <summary>Byte offsets in a key index; little-endian. Keep in sync with docs/formats/log-keys.md.</summary>
internal static class KeyFileLayout
{
    public const ulong Magic = 0x5359_454b_504d_454d; // "MEMPKEYS"
    public const ushort FormatVersion = 1;
    public const int Version = 8;
    public const int SegmentCrc = 12;
    public const int SealedBytes = 16;
    public const int Entries = 24;

    /// <summary>Size in bytes of the header and of each block of entries; their last four bytes are the CRC.</summary>
    public const int BlockBytes = 4096;

    public const int BlockCrc = BlockBytes - sizeof(uint);
    public const int EntriesPerBlock = 170;
    public const int BlockCount = EntriesPerBlock * KeyEntry.SizeBytes;
    public const int BlockNumber = BlockCount + sizeof(uint);
}
