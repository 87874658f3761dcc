namespace Mempulse.Canon.Snapshots;

/// <summary>Byte offsets in a snapshot file; little-endian. Keep in sync with docs/formats/log-snapshot.md.</summary>
internal static class SnapshotLayout
{
    public const ulong Magic = 0x5041_4e53_504d_454d; // "MEMPSNAP"
    public const ushort FormatVersion = 1;
    public const int Version = 8;
    public const int RuleBytes = 10;
    public const int Schema = 12;
    public const int Seq = 16;
    public const int Epoch = 24;
    public const int Digest = 32;
    public const int ContentBytes = 48;
    public const int ContentCrc = 56;
    public const int Rule = 60;
    public const int MaxRuleBytes = 64;
    public const int HeaderCrc = 124;
    public const int HeaderBytes = 128;
}
