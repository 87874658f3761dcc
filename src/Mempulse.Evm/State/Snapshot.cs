namespace Mempulse.Evm.State;

/// <summary>A point that the state can go back to.</summary>
/// <param name="JournalLength">Entries of the journal.</param>
/// <param name="LogCount">Logs so far.</param>
/// <param name="Refund">Refund counter in gas.</param>
internal readonly record struct Snapshot(int JournalLength, int LogCount, long Refund);
