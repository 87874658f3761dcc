using Mempulse.Replay.Entries;

namespace Mempulse.Replay.Pool;

/// <summary>The tags of the lifecycle's entries.</summary>
internal static class PoolTags
{
    public const byte Chain = 0x01;
    public const byte Tx = 0x02;
    public const byte Account = 0x03;
    public const byte Block = 0x04;
    public const byte TxLists = 0x05;
    public const byte SettledHash = 0x06;
    public const byte AccountLists = 0x07;

    public static TagRange Range => new(0x01, 0x0f);
}
