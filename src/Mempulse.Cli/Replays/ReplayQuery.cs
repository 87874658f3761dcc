using Mempulse.Cli.Logs;
using Mempulse.Primitives;

namespace Mempulse.Cli.Replays;

/// <summary>How far a log is replayed, and what is printed.</summary>
/// <param name="To">Last position, inclusive.</param>
/// <param name="Every">Positions between two printed digests; 0 for none but the last.</param>
/// <param name="Check">Whether derived events are compared.</param>
/// <param name="Form">How results are printed.</param>
internal sealed record ReplayQuery(GlobalSeq To, ulong Every, DerivedCheckMode Check, DumpForm Form);
