using Mempulse.Primitives;

namespace Mempulse.Replay.Entries;

/// <summary>One entry of a derivation's state: it counts in the digest and is saved in checkpoints.</summary>
/// <remarks>
/// Report each change to the <see cref="EntryLedger"/> before making it: <see cref="EntryLedger.Changing"/> keeps what a checkpoint
/// under way still has to save.
/// </remarks>
public abstract class StateEntry
{
    /// <summary>First byte of the encoded entry. It is unique to the entry's table, so that entries of two tables never have the same bytes.</summary>
    public abstract byte Tag { get; }

    /// <summary>What the ledger's sum holds for this entry now.</summary>
    internal StateDigest Contribution { get; set; }

    /// <summary>The entry changed since its contribution was computed and is in the ledger's list.</summary>
    internal bool IsDirty { get; set; }

    /// <summary>The entry left its table.</summary>
    internal bool HasLeft { get; set; }

    /// <summary>Number of the checkpoint that has saved the entry, or that the entry came too late for; 0 for none.</summary>
    internal uint SavedIn { get; set; }

    /// <summary>Where the checkpoint under way keeps the bytes that were saved early.</summary>
    internal int SavedAt { get; set; }

    /// <summary>Writes everything that future results depend on, and nothing that follows from other entries.</summary>
    public abstract void Encode(EntryWriter writer);
}
