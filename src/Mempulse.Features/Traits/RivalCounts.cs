using Mempulse.Replay.Lookups;

namespace Mempulse.Features.Traits;

/// <summary>How many waiting transactions compete for the same. Follows from the entries, so it is counted again after a restore.</summary>
internal sealed class RivalCounts
{
    private readonly LookupTable<RivalKey, Rivals> _byKey = new();

    /// <summary>Number of waiting transactions that compete for <paramref name="key"/>.</summary>
    public int Of(in RivalKey key) => _byKey.TryGet(key, out var rivals) ? rivals.Count : 0;

    public void Add(in TxTraits tx)
    {
        if (RivalKey.Of(tx) is not { } key)
        {
            return;
        }

        if (!_byKey.TryGet(key, out var rivals))
        {
            rivals = new Rivals(key);
            _byKey.Add(rivals);
        }

        rivals.Count++;
    }

    public void Remove(in TxTraits tx)
    {
        if (RivalKey.Of(tx) is { } key && _byKey.TryGet(key, out var rivals) && --rivals.Count == 0)
        {
            _byKey.Remove(key);
        }
    }

    private sealed class Rivals(RivalKey key) : IKeyed<RivalKey>
    {
        public RivalKey Key => key;

        public int Count { get; set; }
    }
}
