using System.Diagnostics.CodeAnalysis;
using Mempulse.Primitives;
using Mempulse.Replay.Checkpoints;
using Mempulse.Replay.Entries;

namespace Mempulse.Outcomes.Bundles;

/// <summary>The bundles that are held, with what finds them. Confined to the fold's thread.</summary>
internal sealed class BundleTable
{
    private static readonly Comparer<BundleEntry> s_byId = Comparer<BundleEntry>.Create(static (one, other) => one.Key.CompareTo(other.Key));

    private readonly EntryTable<Hash256, BundleEntry> _bundles;
    private readonly ArrivalList<BundleEntry> _arrivals = new();
    private readonly SortedDictionary<BlockNumber, SortedSet<BundleEntry>> _byTarget = [];
    private readonly SortedDictionary<BlockNumber, SortedSet<BundleEntry>> _open = [];

    /// <summary>A table that holds nothing yet.</summary>
    public BundleTable(EntryLedger ledger) => _bundles = new EntryTable<Hash256, BundleEntry>(ledger);

    /// <summary>Bundles held.</summary>
    public int Count => _bundles.Count;

    /// <summary>Of these, those without a verdict that holds.</summary>
    public int OpenCount { get; private set; }

    /// <summary>The ordinal of the last bundle.</summary>
    public ulong LastOrdinal => _arrivals.LastOrdinal;

    /// <summary>The bundle that was built first; null without one.</summary>
    public BundleEntry? Oldest => _arrivals.Oldest;

    /// <summary>By the nonces of their transactions.</summary>
    public BundleIndex<SenderNonce> ByNonce { get; } = new();

    /// <summary>By the hashes of their transactions.</summary>
    public BundleIndex<Hash256> ByTx { get; } = new();

    /// <summary>By their opportunities.</summary>
    public BundleIndex<Hash256> ByOpportunity { get; } = new();

    /// <summary>By their UUIDs.</summary>
    public BundleIndex<UuidKey> ByUuid { get; } = new();

    /// <summary>Finds a bundle.</summary>
    public bool TryGet(in Hash256 bundle, [NotNullWhen(true)] out BundleEntry? entry) => _bundles.TryGet(bundle, out entry);

    /// <summary>The bundles with a target, by id.</summary>
    public IReadOnlyCollection<BundleEntry> WithTarget(BlockNumber target) => _byTarget.TryGetValue(target, out var bundles) ? bundles : [];

    /// <summary>The open bundles, by target, then id.</summary>
    public IEnumerable<BundleEntry> Open() => _open.Values.SelectMany(static bundles => bundles);

    /// <summary>Takes the open bundles with the lowest target out of the list of open ones, if that target is not above <paramref name="height"/>; null for none.</summary>
    public IReadOnlyCollection<BundleEntry>? TakeOpen(BlockNumber height)
    {
        if (_open.Count == 0)
        {
            return null;
        }

        var (target, bundles) = _open.First();
        if (target > height)
        {
            return null;
        }

        _open.Remove(target);
        OpenCount -= bundles.Count;
        return bundles;
    }

    /// <summary>The lowest target; null without a bundle.</summary>
    public BlockNumber? LowestTarget => _byTarget.Count > 0 ? _byTarget.First().Key : null;

    /// <summary>Every bundle, by id.</summary>
    public IReadOnlyList<BundleEntry> All() => _bundles.SortedByKey();

    /// <summary>True if a bundle is found by each of its opportunities and by its UUID.</summary>
    public bool IsFound(BundleEntry bundle) =>
        ByUuid.Find(new UuidKey(bundle.Built.Uuid)).Contains(bundle) && bundle.Built.Opportunities.All(opportunity => ByOpportunity.Find(opportunity).Contains(bundle));

    /// <summary>The bundles that were built last, the newest first.</summary>
    public IReadOnlyList<BundleEntry> Latest(int most)
    {
        ulong after = LastOrdinal > (ulong)most ? LastOrdinal - (ulong)most : 0;
        List<BundleEntry> found = [];
        var arrivals = _arrivals.After(after);
        while (arrivals.MoveNext())
        {
            found.Add(arrivals.Current);
        }

        found.Reverse();
        return found;
    }

    /// <summary>Adds a bundle, which is open.</summary>
    public void Add(BundleEntry bundle)
    {
        _arrivals.Append(bundle);
        _bundles.Add(bundle);
        Link(bundle);
    }

    /// <summary>Records that a bundle is about to change.</summary>
    public void Changing(BundleEntry bundle) => _bundles.Changing(bundle);

    /// <summary>Removes a bundle.</summary>
    public void Remove(BundleEntry bundle)
    {
        Unlink(bundle);
        _bundles.Remove(bundle);
        _arrivals.Remove(bundle);
    }

    /// <summary>Lists a bundle again after it was decided or reopened.</summary>
    public void Review(BundleEntry bundle)
    {
        if (bundle.IsOpen && At(_open, bundle.Built.Target).Add(bundle))
        {
            OpenCount++;
        }
        else if (!bundle.IsOpen)
        {
            Close(bundle);
        }
    }

    public void Save(CheckpointWriter writer) => writer.Save(_bundles);

    public void Restore(ref CheckpointReader reader, ulong lastOrdinal)
    {
        reader.Restore(_bundles, BundleEntry.Decode);
        _arrivals.Restore(_bundles.SortedByKey(), lastOrdinal);
        foreach (var bundle in _bundles.SortedByKey())
        {
            Link(bundle);
        }
    }

    private void Link(BundleEntry bundle)
    {
        At(_byTarget, bundle.Built.Target).Add(bundle);
        foreach (var tx in bundle.Built.Transactions)
        {
            ByNonce.Add(new SenderNonce(tx.Sender, tx.Nonce), bundle);
            ByTx.Add(tx.Hash, bundle);
        }

        foreach (var opportunity in bundle.Built.Opportunities)
        {
            ByOpportunity.Add(opportunity, bundle);
        }

        ByUuid.Add(new UuidKey(bundle.Built.Uuid), bundle);
        if (bundle.IsOpen)
        {
            At(_open, bundle.Built.Target).Add(bundle);
            OpenCount++;
        }
    }

    private void Unlink(BundleEntry bundle)
    {
        Drop(_byTarget, bundle);
        foreach (var tx in bundle.Built.Transactions)
        {
            ByNonce.Remove(new SenderNonce(tx.Sender, tx.Nonce), bundle);
            ByTx.Remove(tx.Hash, bundle);
        }

        foreach (var opportunity in bundle.Built.Opportunities)
        {
            ByOpportunity.Remove(opportunity, bundle);
        }

        ByUuid.Remove(new UuidKey(bundle.Built.Uuid), bundle);
        Close(bundle);
    }

    private void Close(BundleEntry bundle)
    {
        if (Drop(_open, bundle))
        {
            OpenCount--;
        }
    }

    private static SortedSet<BundleEntry> At(SortedDictionary<BlockNumber, SortedSet<BundleEntry>> lists, BlockNumber target)
    {
        if (!lists.TryGetValue(target, out var bundles))
        {
            bundles = new SortedSet<BundleEntry>(s_byId);
            lists.Add(target, bundles);
        }

        return bundles;
    }

    private static bool Drop(SortedDictionary<BlockNumber, SortedSet<BundleEntry>> lists, BundleEntry bundle)
    {
        if (!lists.TryGetValue(bundle.Built.Target, out var bundles) || !bundles.Remove(bundle))
        {
            return false;
        }

        if (bundles.Count == 0)
        {
            lists.Remove(bundle.Built.Target);
        }

        return true;
    }
}
