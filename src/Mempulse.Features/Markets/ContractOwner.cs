using Mempulse.Primitives;
using Mempulse.Replay.Lookups;

namespace Mempulse.Features.Markets;

/// <summary>The market that a contract belongs to.</summary>
internal sealed class ContractOwner(Address contract, Address market) : IKeyed<Address>
{
    /// <inheritdoc/>
    public Address Key { get; } = contract;

    public Address Market { get; } = market;
}
