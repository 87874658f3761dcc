using Mempulse.Primitives;
using Mempulse.Primitives.Records;

namespace Mempulse.Cli.Logs;

/// <summary>Which events are printed, and how.</summary>
/// <param name="From">First position, inclusive.</param>
/// <param name="To">Last position, inclusive.</param>
/// <param name="Kinds">Only these; null for all.</param>
/// <param name="Form">How.</param>
internal sealed record DumpQuery(GlobalSeq From, GlobalSeq To, IReadOnlyList<EventKind>? Kinds, DumpForm Form);
