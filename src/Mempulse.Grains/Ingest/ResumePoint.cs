using Mempulse.Grains.Abstractions.Mempool;
using Mempulse.Grains.Abstractions.Sources;

namespace Mempulse.Grains.Ingest;

/// <summary>What the fold knows when a lane starts, from which the lane continues.</summary>
/// <param name="CanonicalBlocks">The canonical blocks in the log in ascending order, starting with the last final one; empty for a new log.</param>
/// <param name="Holdings">The transactions that each source announced and may still have.</param>
public sealed record ResumePoint(IReadOnlyList<FoldedBlock> CanonicalBlocks, IReadOnlyList<HeldTransactions> Holdings);
