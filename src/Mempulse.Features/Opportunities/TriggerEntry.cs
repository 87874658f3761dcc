using Mempulse.Features.Book;
using Mempulse.Primitives;
using Mempulse.Replay.Entries;
using Mempulse.Replay.Lookups;

namespace Mempulse.Features.Opportunities;

/// <summary>A pending transaction that strategies look at whenever its pools change.</summary>
/// <param name="tx">Its hash.</param>
/// <param name="sender">Its sender.</param>
/// <param name="target">The contract that it calls.</param>
/// <param name="value">The ether that it sends.</param>
/// <param name="calldata">Its calldata, which is shared and must not change.</param>
internal sealed class TriggerEntry(Hash256 tx, Address sender, Address target, UInt256 value, byte[] calldata) : StateEntry, IKeyed<Hash256>
{
    public const byte EntryTag = 0x40;

    private readonly List<OppEntry> _opps = []; // in the order of their ids

    public override byte Tag => EntryTag;

    /// <inheritdoc/>
    public Hash256 Key { get; } = tx;

    /// <summary>Its sender.</summary>
    public Address Sender { get; } = sender;

    /// <summary>The contract that it calls.</summary>
    public Address Target { get; } = target;

    /// <summary>The ether that it sends.</summary>
    public UInt256 Value { get; } = value;

    /// <summary>Its calldata.</summary>
    public ReadOnlyMemory<byte> Calldata => calldata;

    /// <summary>The pools that its swaps name, in ascending order.</summary>
    public PoolKey[] Pools { get; set; } = [];

    /// <summary>The tokens that its swaps name pools by, in ascending order.</summary>
    public Address[] Tokens { get; set; } = [];

    /// <summary>True if the effect of every swap on the book was known when it was looked at last.</summary>
    public bool IsComplete { get; set; }

    /// <summary>What the strategies found when they looked last and for which there was no room, each by <see cref="OppId.OfFind"/>.</summary>
    public Hash256[] NotKept { get; set; } = [];

    /// <summary>Its opportunities, in the order of their ids. They are entries of their own.</summary>
    public IReadOnlyList<OppEntry> Opps => _opps;

    /// <summary>Takes what a transaction names.</summary>
    public void Take(PoolKey[] pools, Address[] tokens, bool isComplete) => (Pools, Tokens, IsComplete) = (pools, tokens, isComplete);

    /// <summary>True if a pool that came may be one that a swap names by its tokens.</summary>
    public bool MayName(BookPool pool)
    {
        int common = 0;
        foreach (var token in pool.Tokens)
        {
            common += Array.BinarySearch(Tokens, token) >= 0 ? 1 : 0;
        }

        return common > 1;
    }

    public void Add(OppEntry opp) => _opps.Insert(~IndexOf(opp.Key), opp);

    public void Remove(OppEntry opp) => _opps.RemoveAt(IndexOf(opp.Key));

    public override void Encode(EntryWriter writer)
    {
        writer.Write(Key);
        writer.Write(Sender);
        writer.Write(Target);
        writer.Write(Value);
        writer.Write(Calldata.Span);
        writer.WriteCount(Pools.Length);
        foreach (var pool in Pools)
        {
            writer.Write(pool.Contract);
            writer.Write(pool.Id);
        }

        writer.WriteCount(Tokens.Length);
        foreach (var token in Tokens)
        {
            writer.Write(token);
        }

        writer.Write(IsComplete);
        writer.WriteCount(NotKept.Length);
        foreach (var find in NotKept)
        {
            writer.Write(find);
        }
    }

    public static TriggerEntry Decode(ref EntryReader reader)
    {
        reader.Expect(EntryTag);
        var entry = new TriggerEntry(reader.ReadHash(), reader.ReadAddress(), reader.ReadAddress(), reader.ReadUInt256(), reader.ReadBytes().ToArray());
        var pools = new PoolKey[reader.ReadCount()];
        for (int i = 0; i < pools.Length; i++)
        {
            pools[i] = new PoolKey(reader.ReadAddress(), reader.ReadHash());
        }

        var tokens = new Address[reader.ReadCount()];
        for (int i = 0; i < tokens.Length; i++)
        {
            tokens[i] = reader.ReadAddress();
        }

        (entry.Pools, entry.Tokens, entry.IsComplete) = (pools, tokens, reader.ReadBoolean());
        var notKept = new Hash256[reader.ReadCount()];
        for (int i = 0; i < notKept.Length; i++)
        {
            notKept[i] = reader.ReadHash();
        }

        entry.NotKept = notKept;
        return entry;
    }

    private int IndexOf(in Hash256 id)
    {
        var (low, high) = (0, _opps.Count - 1);
        while (low <= high)
        {
            int middle = (low + high) / 2;
            int order = _opps[middle].Key.CompareTo(id);
            if (order == 0)
            {
                return middle;
            }

            (low, high) = order < 0 ? (middle + 1, high) : (low, middle - 1);
        }

        return ~low;
    }
}
