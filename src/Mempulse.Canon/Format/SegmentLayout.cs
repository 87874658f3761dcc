namespace Mempulse.Canon.Format;

/// <summary>Byte offsets in a segment file; little-endian. Keep in sync with docs/formats/log-segment.md.</summary>
internal static class SegmentLayout
{
    public const ushort Version = 1;

    /// <summary>Frames and footers begin at multiples of this, in bytes.</summary>
    public const int Alignment = 8;

    /// <summary>Largest payload of a frame in bytes, inclusive; a header with a larger length is invalid.</summary>
    public const int MaxPayloadBytes = 4 << 20;

    /// <summary>Size in bytes of a frame with this payload, padded with zeros to <see cref="Alignment"/>.</summary>
    public static int FrameBytes(int payloadBytes) => Align(Frame.Size + payloadBytes + Frame.TrailerSize);

    private static int Align(int bytes) => (bytes + Alignment - 1) & ~(Alignment - 1);

    /// <summary>The segment header, at offset 0.</summary>
    internal static class Header
    {
        public const ulong Magic = 0x4745_534c_504d_454d; // "MEMPLSEG"
        public const int Version = 8;
        public const int Durability = 10;
        public const int SizeBytes = 12;
        public const int Chain = 16;
        public const int Epoch = 24;
        public const int FirstSeq = 32;
        public const int PreviousEpoch = 40;
        public const int PreviousFirstSeq = 48;
        public const int PreviousSealedBytes = 56;
        public const int PreviousCrc = 64;
        public const int LaneCount = 68;
        public const int Lanes = 72;
        public const int LaneSize = 20;
        public const int LaneCause = 4;
        public const int LaneLocalSeq = 12;

        /// <summary>The header is padded to whole blocks of this size in bytes; its last four bytes are its CRC.</summary>
        public const int BlockBytes = 4096;

        /// <summary>Largest number of lanes of a log, so that a header stays below 1 MiB; appends for further lanes are refused.</summary>
        public const int MaxLanes = 50_000;
    }

    /// <summary>The header of a frame, and the trailer after its payload.</summary>
    internal static class Frame
    {
        public const uint Magic = 0x4d52_464d; // "MFRM"
        public const int Version = 4;
        public const int Flags = 6;
        public const int Chain = 8;
        public const int Epoch = 16;
        public const int FirstSeq = 24;
        public const int Count = 32;
        public const int PayloadBytes = 36;
        public const int PreviousCrc = 40;
        public const int HeaderCrc = 44;
        public const int Size = 48;
        public const int TrailerSize = 4;
    }

    /// <summary>The footer of a sealed segment, after its last frame.</summary>
    internal static class Footer
    {
        public const uint Magic = 0x544f_464d; // "MFOT"
        public const int Version = 4;
        public const int Frames = 8;
        public const int Events = 16;
        public const int LastSeq = 24;
        public const int SealedBytes = 32;
        public const int Digest = 40;
        public const int LastCrc = 56;
        public const int FooterCrc = 60;
        public const int Size = 64;
    }
}
