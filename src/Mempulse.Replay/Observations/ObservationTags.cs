using Mempulse.Replay.Entries;

namespace Mempulse.Replay.Observations;

/// <summary>The tags of the observations' entries.</summary>
internal static class ObservationTags
{
    public const byte Totals = 0x20;
    public const byte Observer = 0x21;
    public const byte TrafficMinute = 0x23;
    public const byte ObserverMinute = 0x24;
    public const byte Gap = 0x25;

    public static TagRange Range => new(0x20, 0x2f);
}
