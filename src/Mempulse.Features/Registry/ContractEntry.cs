using Mempulse.Primitives;

namespace Mempulse.Features.Registry;

/// <summary>What the registry knows about a contract, from a block on.</summary>
/// <param name="Contract">The contract.</param>
/// <param name="FromBlock">The first block for which the entry holds, inclusive.</param>
/// <param name="Name">The contract's name.</param>
/// <param name="Protocol">The protocol that it belongs to.</param>
/// <param name="Kind">What kind of contract it is, such as "dex".</param>
/// <param name="Functions">The contract's own functions; empty if only the address is known.</param>
public sealed record ContractEntry(ContractKey Contract, BlockNumber FromBlock, string Name, string Protocol, string Kind, FunctionTable Functions)
{
    /// <summary>The tokens of a pool, in the order of its own numbering; empty if the registry does not name them.</summary>
    public IReadOnlyList<Address> Tokens { get; init; } = [];
}
