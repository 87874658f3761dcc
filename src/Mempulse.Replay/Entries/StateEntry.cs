using Mempulse.Primitives;

namespace Mempulse.Replay.Entries;

/// <summary>One entry of a derivation's state: it counts in the digest and is saved in checkpoints.</summary>
/// <remarks>
/// Report each change to the <see cref="EntryLedger"/> before making it: <see cref="EntryLedger.Changing"/> saves the old value for a
/// checkpoint in progress.
/// </remarks>
public abstract class StateEntry
{
    /// <summary>First byte of the encoded entry. It is unique to the entry's table, so that entries of two tables never have the same bytes.</summary>
    public abstract byte Tag { get; }

    /// <summary>The entry's current contribution to the ledger's sum.</summary>
    internal StateDigest Contribution { get; set; }

    /// <summary>True when the entry changed since its contribution was computed and is in the ledger's list.</summary>
    internal bool IsDirty { get; set; }

    /// <summary>True when the entry left its table.</summary>
    internal bool HasLeft { get; set; }

    /// <summary>Number of the checkpoint that has saved the entry, or that began before the entry was added; 0 for none.</summary>
    internal uint SavedIn { get; set; }

    /// <summary>Where the checkpoint in progress keeps the bytes that were saved early.</summary>
    internal int SavedAt { get; set; }

    /// <summary>Writes everything that future results depend on, except what can be recomputed from other entries.</summary>
    public abstract void Encode(EntryWriter writer);
}
