using Mempulse.Primitives;

namespace Mempulse.Canon.Appending;

/// <summary>What became of a batch.</summary>
/// <param name="First">Position of the first record appended; <see cref="GlobalSeq.None"/> if all were there before.</param>
/// <param name="Last">Position of the last record appended; <see cref="GlobalSeq.None"/> if all were there before.</param>
/// <param name="Count">Number of records appended.</param>
/// <param name="Duplicates">Number of records at the batch's beginning that the log had already; <paramref name="Count"/> more follow them.</param>
/// <param name="Watermark">The durable watermark after the append; never below <paramref name="Last"/>.</param>
public readonly record struct AppendResult(GlobalSeq First, GlobalSeq Last, int Count, int Duplicates, GlobalSeq Watermark);
