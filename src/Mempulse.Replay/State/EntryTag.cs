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
}
