using Mempulse.Primitives;
using Mempulse.Replay.Checkpoints;

namespace Mempulse.Replay.State;

/// <summary>An entry of a state table that counts in the digest.</summary>
internal abstract class DigestedEntry
{
    /// <summary>What the ledger's sum holds for this entry now.</summary>
    public StateDigest Contribution { get; set; }

    /// <summary>The entry changed since its contribution was computed, and stands in the ledger's list.</summary>
    public bool IsDirty { get; set; }

    /// <summary>The entry left its table.</summary>
    public bool HasLeft { get; set; }

    /// <summary>Writes everything that decides about the future, and nothing that follows from other entries.</summary>
    public abstract void Encode(EntryWriter writer);
}
