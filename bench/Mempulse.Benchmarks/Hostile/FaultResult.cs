namespace Mempulse.Benchmarks.Hostile;

/// <summary>What a run beside a faulty node came to.</summary>
/// <param name="Untrue">Facts that the real node contradicts.</param>
/// <param name="Lost">Transactions and blocks that are neither recorded nor covered by a recorded drop or gap.</param>
/// <param name="Drops">Recorded drops.</param>
/// <param name="IsHonestUnaffected">True if the honest source saw every transaction and was never lost.</param>
/// <param name="Unknown">Transactions of blocks whose outcome stayed unknown, as recorded.</param>
/// <param name="PeakBytes">Managed memory at its peak, above that before the run; the faulty node's own included.</param>
/// <param name="KeptBytes">Managed memory after the run, above that before it.</param>
internal sealed record FaultResult(int Untrue, int Lost, ulong Drops, bool IsHonestUnaffected, int Unknown, long PeakBytes, long KeptBytes);
