using Mempulse.Primitives;
using Mempulse.Replay.Entries;
using Mempulse.Replay.Lookups;

namespace Mempulse.Features.Book;

/// <summary>Two tokens whose pools are watched, because a pending transaction trades them or a token beside them.</summary>
internal sealed class PairEntry(TokenPair tokens) : StateEntry, IKeyed<TokenPair>, IListed
{
    public const byte EntryTag = 0x3e;

    public override byte Tag => EntryTag;

    /// <inheritdoc/>
    public TokenPair Key { get; } = tokens;

    /// <inheritdoc/>
    public ulong ListOrdinal { get; set; }

    /// <summary>The height at which it was last asked for.</summary>
    public BlockNumber AskedAt { get; set; }

    /// <summary>Its pools, in ascending order. Not encoded: each pool names its tokens.</summary>
    public List<PoolEntry> Pools { get; } = [];

    public override void Encode(EntryWriter writer)
    {
        writer.Write(Key.Low);
        writer.Write(Key.High);
        writer.Write(ListOrdinal);
        writer.Write(AskedAt.Value);
    }

    public static PairEntry Decode(ref EntryReader reader)
    {
        reader.Expect(EntryTag);
        return new PairEntry(new TokenPair(reader.ReadAddress(), reader.ReadAddress())) { ListOrdinal = reader.ReadUInt64(), AskedAt = new BlockNumber(reader.ReadUInt64()) };
    }
}
