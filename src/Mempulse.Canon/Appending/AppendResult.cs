using Mempulse.Primitives;

namespace Mempulse.Canon.Appending;

/// <summary>The outcome of an append.</summary>
/// <param name="First">Position of the first record appended; <see cref="GlobalSeq.None"/> if none was.</param>
/// <param name="Last">Position of the last record appended, inclusive; <see cref="GlobalSeq.None"/> if none was.</param>
/// <param name="Count">Number of records appended.</param>
/// <param name="Duplicates">Number of records at the start of the batch that the log already had; the appended ones follow them.</param>
/// <param name="Watermark">The durable watermark after the append; never below <paramref name="Last"/>.</param>
public readonly record struct AppendResult(GlobalSeq First, GlobalSeq Last, int Count, int Duplicates, GlobalSeq Watermark);
