using Mempulse.Features.Book;
using Mempulse.Features.Liquidations.Aave;
using Mempulse.Primitives;
using Mempulse.Replay.Entries;
using Mempulse.Replay.Lookups;

namespace Mempulse.Features.Markets;

/// <summary>A reserve of a market, as it was in the blocks that a reorg can undo, the newest last.</summary>
internal sealed class ReserveEntry : StateEntry, IKeyed<PoolKey>
{
    public const byte EntryTag = 0x52;

    private readonly List<ReserveVersion> _versions = [];

    /// <param name="market">The market.</param>
    /// <param name="tokens">The contracts of the reserve.</param>
    /// <param name="feed">The contract whose answer is the price; the zero address if no contract answers with it.</param>
    /// <param name="first">The reserve as it was read.</param>
    public ReserveEntry(Address market, ReserveTokens tokens, Address feed, ReserveVersion first)
        : this(market, tokens, feed)
    {
        _versions.Add(first);
    }

    private ReserveEntry(Address market, ReserveTokens tokens, Address feed) => (Market, Tokens, Feed, Key) = (market, tokens, feed, MarketKey.Of(market, tokens.Token));

    public override byte Tag => EntryTag;

    /// <inheritdoc/>
    public PoolKey Key { get; }

    public Address Market { get; }

    public ReserveTokens Tokens { get; }

    public Address Feed { get; }

    /// <summary>Its place in the market's list.</summary>
    public int Place => Newest.Reserve.Id;

    public ReserveVersion Newest => _versions[^1];

    /// <summary>Number of versions that are kept.</summary>
    public int VersionCount => _versions.Count;

    /// <summary>What the words of terms, indexes and rates have to be.</summary>
    public IReadOnlyList<SlotExpectation> Expectations()
    {
        var reserve = Newest.Reserve;
        return
        [
            WordAt(reserve.Token, AaveSlots.Configuration, reserve.Configuration),
            WordAt(reserve.Token, AaveSlots.Liquidity, reserve.LiquidityIndex + WordField.Place(reserve.LiquidityRate, AaveSlots.HalfBits)),
            WordAt(reserve.Token, AaveSlots.Borrow, reserve.BorrowIndex + WordField.Place(reserve.BorrowRate, AaveSlots.HalfBits)),
        ];
    }

    /// <summary>Takes the reserve after an event.</summary>
    /// <param name="reserve">The reserve.</param>
    /// <param name="at">The height of the event's block.</param>
    /// <param name="final">The highest height that no reorg can undo.</param>
    public void Move(AaveReserve reserve, BlockNumber at, BlockNumber? final)
    {
        if (Newest.Since == at)
        {
            _versions[^1] = new ReserveVersion(at, reserve);
        }
        else
        {
            _versions.Add(new ReserveVersion(at, reserve));
            int settled = _versions.FindLastIndex(version => version.Since <= final);
            _versions.RemoveRange(0, int.Max(settled, 0));
        }
    }

    /// <summary>Returns true if a version began at a height or above.</summary>
    public bool MovedFrom(BlockNumber from) => Newest.Since >= from;

    /// <summary>Takes back what happened from a height on, which is above that of the reading.</summary>
    public void Undo(BlockNumber from) => _versions.RemoveAll(version => version.Since >= from);

    public override void Encode(EntryWriter writer)
    {
        writer.Write(Market);
        writer.Write(Tokens.Token);
        writer.Write(Tokens.Supply);
        writer.Write(Tokens.Debt);
        writer.Write(Feed);
        writer.WriteCount(Place);
        writer.Write(Newest.Reserve.Configuration);
        writer.Write(Newest.Reserve.GraceUntil);
        writer.WriteCount(_versions.Count);
        foreach (var version in _versions)
        {
            version.Encode(writer);
        }
    }

    public static ReserveEntry Decode(ref EntryReader reader)
    {
        reader.Expect(EntryTag);
        var market = reader.ReadAddress();
        var tokens = new ReserveTokens(reader.ReadAddress(), reader.ReadAddress(), reader.ReadAddress());
        var entry = new ReserveEntry(market, tokens, reader.ReadAddress());
        var terms = new AaveReserve(reader.ReadInt32(), tokens.Token, reader.ReadUInt256(), default, default, default, default, 0, reader.ReadUInt64(), default);
        for (int left = reader.ReadCount(); left > 0; left--)
        {
            entry._versions.Add(ReserveVersion.Decode(terms, ref reader));
        }

        if (entry._versions.Count == 0)
        {
            throw reader.Malformed($"reserve {tokens.Token} of market {market} has no state");
        }

        return entry;
    }

    private static SlotExpectation WordAt(in Address token, ulong word, in UInt256 value)
    {
        UInt256.AddWrapping(AaveSlots.Reserve(token), word, out var slot);
        return new SlotExpectation(slot, 256, value);
    }
}
