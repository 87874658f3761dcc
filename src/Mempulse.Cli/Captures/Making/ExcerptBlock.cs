using Mempulse.ChainState.Recorded;
using Mempulse.Primitives.Events;

namespace Mempulse.Cli.Captures.Making;

/// <summary>A real block with its receipts and the state that it was built on.</summary>
/// <param name="Block">The block, with the outcomes of its receipts.</param>
/// <param name="Receipts">The receipts, proven by its header.</param>
/// <param name="State">The state.</param>
internal sealed record ExcerptBlock(RealBlock Block, IReadOnlyList<LogEvent.ReceiptsObserved> Receipts, RecordedBlock State);
