using Mempulse.Primitives;
using Mempulse.Replay.Lookups;

namespace Mempulse.Features.Registry;

/// <summary>What is known about contracts and functions: one version of the registry. Immutable and thread-safe.</summary>
/// <remarks>Made by <see cref="RegistryReader"/>. A replay with the same content gives the same meaning to every transaction.</remarks>
public sealed class ContractRegistry
{
    private readonly LookupTable<ContractKey, ContractHistory> _contracts;
    private readonly LookupTable<uint, SelectorEntry> _selectors;

    private readonly SortedDictionary<ChainId, Address> _wrappedEther;
    private readonly SortedDictionary<ChainId, PoolUniverse> _pools;
    private readonly SortedDictionary<ChainId, IReadOnlyList<LendingContract>> _markets;

    internal ContractRegistry(
        Hash256 contentHash,
        LookupTable<ContractKey, ContractHistory> contracts,
        LookupTable<uint, SelectorEntry> selectors,
        SortedDictionary<ChainId, Address> wrappedEther,
        SortedDictionary<ChainId, PoolUniverse> pools,
        SortedDictionary<ChainId, IReadOnlyList<LendingContract>> markets)
    {
        (ContentHash, _contracts, _selectors, _wrappedEther, _pools, _markets) = (contentHash, contracts, selectors, wrappedEther, pools, markets);
    }

    /// <summary>The version: Keccak-256 of the file.</summary>
    public Hash256 ContentHash { get; }

    /// <summary>Number of contracts.</summary>
    public int ContractCount => _contracts.Count;

    /// <summary>Number of selectors that are known without a contract.</summary>
    public int SelectorCount => _selectors.Count;

    /// <summary>The entry of a contract that holds at a block: the newest that begins there or earlier.</summary>
    /// <returns>Null if the registry does not know the contract at that block.</returns>
    public ContractEntry? Find(in ContractKey contract, BlockNumber block) => _contracts.TryGet(contract, out var history) ? history.At(block) : null;

    /// <summary>The token that wraps a chain's ether.</summary>
    /// <returns>Null if the registry does not name it.</returns>
    public Address? WrappedEther(ChainId chain) => _wrappedEther.TryGetValue(chain, out var token) ? token : null;

    /// <summary>The factories of a chain, which say where the pools of two tokens are.</summary>
    public PoolUniverse PoolsOf(ChainId chain) => _pools.TryGetValue(chain, out var pools) ? pools : PoolUniverse.Empty;

    /// <summary>The lending markets of a chain, in ascending order.</summary>
    public IReadOnlyList<LendingContract> MarketsOf(ChainId chain) => _markets.TryGetValue(chain, out var markets) ? markets : [];

    /// <summary>The functions that a selector may call, in the order of their signatures.</summary>
    public ReadOnlySpan<FunctionEntry> FindBySelector(uint selector) => _selectors.TryGet(selector, out var entry) ? entry.Functions : [];
}
