using Mempulse.Primitives;
using Mempulse.Replay.Lookups;

namespace Mempulse.Features.Book;

/// <summary>An address at which there was no pool when it was read. Follows from its pair, so it is not saved.</summary>
internal sealed class AbsentPool(Address contract, PairEntry pair) : IKeyed<Address>
{
    /// <inheritdoc/>
    public Address Key { get; } = contract;

    public PairEntry Pair { get; } = pair;
}
