using Mempulse.Primitives;
using Mempulse.Replay.Lookups;

namespace Mempulse.Features.Registry;

/// <summary>The entries of one contract, by their first block. A proxy that is upgraded has several.</summary>
/// <param name="Key">The contract.</param>
/// <param name="Entries">The entries in ascending order of their first blocks.</param>
internal sealed record ContractHistory(ContractKey Key, IReadOnlyList<ContractEntry> Entries) : IKeyed<ContractKey>
{
    /// <summary>The newest entry that begins at a block or earlier.</summary>
    public ContractEntry? At(BlockNumber block)
    {
        for (int i = Entries.Count - 1; i >= 0; i--)
        {
            if (Entries[i].FromBlock <= block)
            {
                return Entries[i];
            }
        }

        return null;
    }
}
