using Mempulse.Primitives;

namespace Mempulse.Replay.Audits;

/// <summary>A block whose audit is kept.</summary>
/// <param name="Number">Its height.</param>
/// <param name="Hash">The block.</param>
/// <param name="IsCanonical">False once it left the chain.</param>
public readonly record struct AuditedBlock(BlockNumber Number, Hash256 Hash, bool IsCanonical);
