using Mempulse.Primitives;
using Mempulse.Primitives.Records;

namespace Mempulse.Cli.Logs;

/// <summary>Which events to print, and in what form.</summary>
/// <param name="From">First position, inclusive.</param>
/// <param name="To">Last position, inclusive.</param>
/// <param name="Kinds">Kinds to print; null for all.</param>
/// <param name="Form">The form.</param>
/// <param name="Damaged">What to do at a damaged place.</param>
internal sealed record DumpQuery(GlobalSeq From, GlobalSeq To, IReadOnlyList<EventKind>? Kinds, DumpForm Form, Damaged Damaged);
