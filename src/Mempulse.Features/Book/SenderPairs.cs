using Mempulse.Primitives;
using Mempulse.Replay.Lookups;

namespace Mempulse.Features.Book;

/// <summary>The pairs of one queue that belong to transactions of one sender.</summary>
internal sealed class SenderPairs(Address sender) : IKeyed<Address>
{
    private readonly List<PairEntry> _pairs = []; // in the order of arrival

    /// <inheritdoc/>
    public Address Key { get; } = sender;

    public int Count => _pairs.Count;

    public PairEntry Oldest => _pairs[0];

    /// <summary>The last plan that a pair of the sender is in.</summary>
    public ulong PlannedIn { get; set; }

    public void Append(PairEntry pair) => _pairs.Add(pair);

    public void Remove(PairEntry pair) => _pairs.Remove(pair);
}
