using Mempulse.Primitives;

namespace Mempulse.Canon.Snapshots;

/// <summary>Identifies the state that a snapshot holds.</summary>
/// <param name="Seq">The last position applied to the state.</param>
/// <param name="Epoch">The writer's epoch when the snapshot was taken.</param>
/// <param name="Digest">The state's digest.</param>
/// <param name="SchemaVersion">Version of the content's encoding; readers skip snapshots of other versions.</param>
/// <param name="RuleVersion">Version of the fold's rules, at most <see cref="MaxRuleVersionBytes"/> in UTF-8.</param>
public sealed record SnapshotMark(GlobalSeq Seq, Epoch Epoch, StateDigest Digest, uint SchemaVersion, string RuleVersion)
{
    /// <summary>Longest <see cref="RuleVersion"/>, in bytes of UTF-8.</summary>
    public const int MaxRuleVersionBytes = SnapshotLayout.MaxRuleBytes;
}
