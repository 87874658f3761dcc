namespace Mempulse.Evm.State;

/// <summary>A point to which the state can be reverted.</summary>
/// <param name="JournalLength">Number of journal entries.</param>
/// <param name="LogCount">Number of logs.</param>
/// <param name="Refund">Refund counter in gas.</param>
internal readonly record struct Snapshot(int JournalLength, int LogCount, long Refund);
