using Mempulse.Replay.Lookups;

namespace Mempulse.Outcomes.Bundles;

/// <summary>The bundles that have a key, in the order in which they were built. Follows from the entries: neither digested nor saved.</summary>
/// <typeparam name="TKey">The key; several bundles may have it, and a bundle several.</typeparam>
internal sealed class BundleIndex<TKey>
    where TKey : struct, IEquatable<TKey>, IComparable<TKey>
{
    private static readonly Comparer<BundleEntry> s_byArrival = Comparer<BundleEntry>.Create(static (one, other) => one.ListOrdinal.CompareTo(other.ListOrdinal));

    private readonly LookupTable<TKey, Group> _groups = new();

    /// <summary>The bundles with a key.</summary>
    public IReadOnlyCollection<BundleEntry> Find(in TKey key) => _groups.TryGet(key, out var group) ? group.Bundles : [];

    /// <summary>Adds a bundle, which has its ordinal.</summary>
    public void Add(in TKey key, BundleEntry bundle)
    {
        if (!_groups.TryGet(key, out var group))
        {
            group = new Group(key);
            _groups.Add(group);
        }

        group.Bundles.Add(bundle);
    }

    /// <summary>Removes a bundle, which still has its ordinal.</summary>
    public void Remove(in TKey key, BundleEntry bundle)
    {
        if (_groups.TryGet(key, out var group) && group.Bundles.Remove(bundle) && group.Bundles.Count == 0)
        {
            _groups.Remove(key);
        }
    }

    private sealed class Group(TKey key) : IKeyed<TKey>
    {
        public TKey Key { get; } = key;

        public SortedSet<BundleEntry> Bundles { get; } = new(s_byArrival);
    }
}
