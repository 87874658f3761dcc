using Mempulse.Primitives;
using Mempulse.Replay.Entries;
using Mempulse.Replay.Lookups;

namespace Mempulse.Features.Book;

/// <summary>Two tokens whose pools are watched, because a pending transaction trades them or a token beside them.</summary>
internal sealed class PairEntry(TokenPair tokens, in AskingTx asking) : StateEntry, IKeyed<TokenPair>, IListed
{
    public const byte EntryTag = 0x3e;

    public override byte Tag => EntryTag;

    /// <inheritdoc/>
    public TokenPair Key { get; } = tokens;

    /// <inheritdoc/>
    public ulong ListOrdinal { get; set; }

    public PairStanding Standing { get; set; }

    /// <summary>The transaction to which it belongs: the first that asked for it, until one asks that finds it no longer waiting.</summary>
    public AskingTx Owner { get; set; } = asking;

    /// <summary>The transaction that asked for it last.</summary>
    public AskingTx Latest { get; set; } = asking;

    /// <summary>The height of the last block that changed one of its pools.</summary>
    public BlockNumber TradedAt { get; set; }

    /// <summary>Its pools, in ascending order. Not encoded: each pool names its tokens.</summary>
    public List<PoolEntry> Pools { get; } = [];

    /// <summary>Where a factory would have made further pools, which do not exist.</summary>
    public List<Address> Absent { get; } = [];

    public override void Encode(EntryWriter writer)
    {
        writer.Write(Key.Low);
        writer.Write(Key.High);
        writer.Write(ListOrdinal);
        writer.Write((byte)Standing);
        writer.Write(Owner.Hash);
        writer.Write(Owner.Sender);
        writer.Write(Latest.Hash);
        writer.Write(Latest.Sender);
        writer.Write(TradedAt.Value);
        writer.WriteCount(Absent.Count);
        foreach (var contract in Absent)
        {
            writer.Write(contract);
        }
    }

    public static PairEntry Decode(ref EntryReader reader)
    {
        reader.Expect(EntryTag);
        var tokens = new TokenPair(reader.ReadAddress(), reader.ReadAddress());
        ulong ordinal = reader.ReadUInt64();
        var standing = reader.ReadEnum(PairStanding.LetGo);
        var owner = new AskingTx(reader.ReadHash(), reader.ReadAddress());
        var latest = new AskingTx(reader.ReadHash(), reader.ReadAddress());
        var entry = new PairEntry(tokens, owner) { ListOrdinal = ordinal, Standing = standing, Latest = latest, TradedAt = new BlockNumber(reader.ReadUInt64()) };
        for (int left = reader.ReadCount(); left > 0; left--)
        {
            entry.Absent.Add(reader.ReadAddress());
        }

        return entry;
    }
}
