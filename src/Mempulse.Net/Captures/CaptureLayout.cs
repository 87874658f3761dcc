namespace Mempulse.Net.Captures;

/// <summary>Byte offsets and limits of a capture file; little-endian. Keep in sync with docs/formats/capture.md.</summary>
internal static class CaptureLayout
{
    public const ushort FormatVersion = 1;

    public const int PreambleVersion = 8;
    public const int PreambleFlags = 10;
    public const int PreambleHeaderLength = 12;
    public const int PreambleSize = 16;
    public const ushort SyntheticFlag = 1;
    public const int MaxHeaderBytes = 64 * 1024;

    public const int FrameContentLength = 4;
    public const int FrameStoredLength = 8;
    public const int FrameEntryCount = 12;
    public const int FrameHeaderCrc = 16;
    public const int FrameHeaderSize = 20;
    public const int CrcSize = 4;

    public const int TrailerEntryCount = 4;
    public const int TrailerLastOffset = 12;
    public const int TrailerCrc = 20;
    public const int TrailerSize = 24;

    public const int EntryLength = 0;
    public const int EntryKind = 4;
    public const int EntryVia = 5;
    public const int EntrySource = 6;
    public const int EntryOffset = 8;
    public const int EntryHeaderSize = 16;

    /// <summary>Size at which a frame is closed; below the large-object threshold, so that a reader's buffers are cheap.</summary>
    public const int TargetFrameBytes = 64 * 1024;

    /// <summary>Maximum content of an entry. The largest is a blob transaction with its sidecar.</summary>
    public const int MaxEntryBytes = 3 << 20;

    /// <summary>Maximum content of a frame: just short of full, followed by the largest entry.</summary>
    public const int MaxFrameBytes = TargetFrameBytes + EntryHeaderSize + MaxEntryBytes;

    /// <summary>Maximum stored size of a frame: zstd expands incompressible data by less than this.</summary>
    public const int MaxStoredBytes = MaxFrameBytes + 16 * 1024;

    public static ReadOnlySpan<byte> Magic => "MPCAPT\r\n"u8;

    public static ReadOnlySpan<byte> FrameMagic => "MPCF"u8;

    public static ReadOnlySpan<byte> TrailerMagic => "MPCE"u8;
}
