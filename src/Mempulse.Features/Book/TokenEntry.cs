using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Replay.Entries;
using Mempulse.Replay.Lookups;

namespace Mempulse.Features.Book;

/// <summary>A token whose own events are contradicted, with the first transactions that show it.</summary>
internal sealed class TokenEntry(Address token) : StateEntry, IKeyed<Address>, IListed
{
    public const byte EntryTag = 0x3f;

    /// <summary>Transactions that have to show it before the token is judged.</summary>
    public const int Enough = 3;

    private readonly List<TokenEvidence> _evidence = []; // in the order of their blocks

    public override byte Tag => EntryTag;

    /// <inheritdoc/>
    public Address Key { get; } = token;

    /// <inheritdoc/>
    public ulong ListOrdinal { get; set; }

    /// <summary>Transactions that show it.</summary>
    public int Transactions => _evidence.Count;

    /// <summary>What it does, as far as enough transactions show it.</summary>
    public TokenConduct Conduct => _evidence.Count < Enough ? TokenConduct.Exact : _evidence[^1].Conduct;

    /// <summary>Takes what a transaction shows.</summary>
    /// <returns>False if it was taken before, or enough is known.</returns>
    public bool TryTake(in TokenEvidence evidence)
    {
        var tx = evidence.Tx;
        if (_evidence.Count == Enough || _evidence.Exists(known => known.Tx == tx))
        {
            return false;
        }

        _evidence.Add(evidence);
        return true;
    }

    /// <summary>True if something of it was seen at a height or above.</summary>
    public bool IsSince(BlockNumber number) => _evidence.Exists(evidence => evidence.At >= number);

    /// <summary>Takes back what was seen from a height on.</summary>
    /// <returns>The last transaction that showed it.</returns>
    public Hash256 Undo(BlockNumber from)
    {
        var last = _evidence[^1].Tx;
        _evidence.RemoveAll(evidence => evidence.At >= from);
        return last;
    }

    public override void Encode(EntryWriter writer)
    {
        writer.Write(Key);
        writer.Write(ListOrdinal);
        writer.WriteCount(_evidence.Count);
        foreach (var evidence in _evidence)
        {
            writer.Write(evidence.Tx);
            writer.Write(evidence.At.Value);
            writer.Write((byte)evidence.Conduct);
        }
    }

    public static TokenEntry Decode(ref EntryReader reader)
    {
        reader.Expect(EntryTag);
        var entry = new TokenEntry(reader.ReadAddress()) { ListOrdinal = reader.ReadUInt64() };
        for (int left = reader.ReadCount(); left > 0; left--)
        {
            entry._evidence.Add(new TokenEvidence(reader.ReadHash(), new BlockNumber(reader.ReadUInt64()), reader.ReadEnum(TokenConduct.Rebases)));
        }

        return entry;
    }
}
