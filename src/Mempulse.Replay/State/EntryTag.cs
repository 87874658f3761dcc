namespace Mempulse.Replay.State;

/// <summary>First byte of each encoded entry, so that entries of two tables never have the same bytes.</summary>
internal static class EntryTag
{
    public const byte Chain = 1;
    public const byte Tx = 2;
    public const byte Account = 3;
    public const byte Block = 4;
    public const byte Source = 5;
    public const byte SettledHash = 6;
    public const byte Simulation = 16;
    public const byte Observation = 32;
    public const byte Observer = 33;
    public const byte ObservedTx = 34;
    public const byte TrafficMinute = 35;
    public const byte ObserverMinute = 36;
    public const byte Gap = 37;
}
