using Mempulse.Primitives;
using Mempulse.Replay.Lookups;

namespace Mempulse.Features.Registry;

/// <summary>The entries of a registry file, in order, as <see cref="RegistryReader.ReadContent"/> reads them. <see cref="ContractRegistry"/> is made for look-ups, this is made for inspection.</summary>
public sealed record RegistryContent
{
    /// <summary>The version: Keccak-256 of the file.</summary>
    public required Hash256 ContentHash { get; init; }

    /// <summary>The ABIs, in the order of their names.</summary>
    public required IReadOnlyList<RegistryAbi> Abis { get; init; }

    /// <summary>The command tables, in the order of their names.</summary>
    public required IReadOnlyList<CommandTable> Tables { get; init; }

    /// <summary>The contracts and pools, in the order of the file; one for each chain.</summary>
    public required IReadOnlyList<NamedContract> Contracts { get; init; }

    /// <summary>The functions that selectors may call, in the order of selectors, then signatures, then layouts.</summary>
    public required IReadOnlyList<FunctionEntry> BySelector { get; init; }

    /// <summary>The tokens that wrap ether, by chain.</summary>
    public required SortedDictionary<ChainId, Address> WrappedEther { get; init; }

    /// <summary>Where pools can be, by chain.</summary>
    public required SortedDictionary<ChainId, PoolUniverse> Pools { get; init; }

    /// <summary>The lending markets, by chain, in ascending order.</summary>
    public required SortedDictionary<ChainId, IReadOnlyList<LendingContract>> Markets { get; init; }

    /// <summary>Pools and selectors for which another entry of the file stands.</summary>
    public required IReadOnlyList<UnreadEntry> Unread { get; init; }

    /// <summary>Makes the look-up tables.</summary>
    internal ContractRegistry ToRegistry()
    {
        var contracts = new LookupTable<ContractKey, ContractHistory>();
        foreach (var history in Contracts.Select(static contract => contract.Entry).GroupBy(static contract => contract.Contract))
        {
            contracts.Add(new ContractHistory(history.Key, [.. history.OrderBy(static contract => contract.FromBlock)]));
        }

        var selectors = new LookupTable<uint, SelectorEntry>();
        foreach (var group in BySelector.GroupBy(static function => function.Selector))
        {
            selectors.Add(new SelectorEntry(group.Key, [.. group]));
        }

        return new ContractRegistry(ContentHash, contracts, selectors, WrappedEther, Pools, Markets);
    }
}
