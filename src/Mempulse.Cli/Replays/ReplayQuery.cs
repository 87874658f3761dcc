using Mempulse.Cli.Logs;
using Mempulse.Primitives;

namespace Mempulse.Cli.Replays;

/// <summary>How far to replay a log, and what to print.</summary>
/// <param name="To">Last position, inclusive.</param>
/// <param name="Every">Positions between printed digests; 0 prints only the last.</param>
/// <param name="Check">Whether to compare derived events.</param>
/// <param name="Form">The form of the output.</param>
internal sealed record ReplayQuery(GlobalSeq To, ulong Every, DerivedCheckMode Check, DumpForm Form);
