using Mempulse.Features.Book;
using Mempulse.Features.Liquidations.Compound;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Replay.Entries;

namespace Mempulse.Features.Markets;

/// <summary>A market of Compound V3 as it was read, with the prices that feeds moved since. Immutable.</summary>
internal sealed class CompoundState
{
    private readonly IReadOnlyList<Hash256> _answers;
    private readonly UInt256[] _slots; // indexes, totals, what accounts have of each collateral

    private CompoundState(CompoundTerms terms, IReadOnlyList<Hash256> answers, UInt256[] slots, IReadOnlyList<ObservedPrice> prices, BlockNumber movedAt) =>
        (Terms, _answers, _slots, Prices, MovedAt, Tokens) = (terms, answers, slots, prices, movedAt, TokensOf(terms));

    public CompoundTerms Terms { get; }

    /// <summary>The price of the base token, and then of each collateral by its place.</summary>
    public IReadOnlyList<ObservedPrice> Prices { get; }

    /// <summary>The height of the block that moved a price last; that of the reading before.</summary>
    public BlockNumber MovedAt { get; }

    /// <summary>The collaterals by their places.</summary>
    public IReadOnlyList<ReserveTokens> Tokens { get; }

    /// <summary>What is lent and borrowed, as of the last accrual.</summary>
    public CometTotals Totals => new(
        WordField.Read(_slots[0], 0, CompoundSlots.IndexBits),
        WordField.Read(_slots[0], CompoundSlots.IndexBits, CompoundSlots.IndexBits),
        WordField.Read(_slots[1], 0, CompoundSlots.PrincipalBits),
        WordField.Read(_slots[1], CompoundSlots.PrincipalBits, CompoundSlots.PrincipalBits),
        CompoundSlots.ReadTime(_slots[1]));

    /// <summary>True unless accounts cannot be absorbed, or collateral not be bought, because that is paused.</summary>
    public bool CanAbsorb => !CompoundSlots.IsAbsorbPaused(_slots[1]);

    /// <inheritdoc cref="CanAbsorb"/>
    public bool CanBuy => !CompoundSlots.IsBuyPaused(_slots[1]);

    /// <summary>What the market has of a collateral beyond what belongs to accounts.</summary>
    public UInt256 ForSale(int asset)
    {
        var (balance, owned) = (Terms.Assets[asset].Balance, Owned(asset));
        return balance > owned ? balance - owned : UInt256.Zero;
    }

    /// <summary>The state that a reading says.</summary>
    /// <returns>Null if the reading is not complete.</returns>
    public static CompoundState? Of(in Address market, IReadOnlyList<Hash256> answers, MarketValues known, IReadOnlyList<ObservedPrice> prices, BlockNumber at)
    {
        if (CompoundTerms.Read(answers) is not { } terms || CompoundReading.MissingOfMarket(market, TokensOf(terms), known).Count > 0)
        {
            return null;
        }

        var contract = market;
        ObservedPrice[] ofTokens = [.. terms.Assets.Select(static asset => asset.Token).Prepend(terms.BaseToken).Select(token => prices.FirstOrDefault(price => price.Token == token))];
        return new CompoundState(
            terms,
            answers,
            [known[market, CompoundSlots.Indexes], known[market, CompoundSlots.Totals], .. terms.Assets.Select(asset => known[contract, CompoundSlots.Collateral(asset.Token)])],
            ofTokens,
            at);
    }

    /// <summary>The state after a feed answered.</summary>
    /// <returns>Null if that changes nothing.</returns>
    public CompoundState? WithAnswer(Address feed, UInt256 answer, BlockNumber at) =>
        !Prices.Any(price => price.Feed == feed && price.Price != answer) ? null
        : new(Terms, _answers, _slots, [.. Prices.Select(price => price.Feed == feed ? price with { Price = answer } : price)], at);

    /// <summary>What slots have to be: those bits that do not change without an event.</summary>
    public IEnumerable<(Address Contract, SlotExpectation Slot)> Expectations(Address market)
    {
        yield return (market, new SlotExpectation(CompoundSlots.Totals, CompoundSlots.TotalBits, WordField.Read(_slots[1], 0, CompoundSlots.TotalBits)));
        for (int i = 0; i < Terms.Assets.Count; i++)
        {
            yield return (market, new SlotExpectation(CompoundSlots.Collateral(Terms.Assets[i].Token), CompoundSlots.CollateralBits, Owned(i)));
        }
    }

    public void Encode(EntryWriter writer)
    {
        writer.WriteCount(_answers.Count);
        foreach (var answer in _answers)
        {
            writer.Write(answer);
        }

        foreach (var slot in _slots)
        {
            writer.Write(slot);
        }

        foreach (var price in Prices)
        {
            writer.Write(price.Price);
            writer.Write(price.Feed);
        }

        writer.Write(MovedAt.Value);
    }

    public static CompoundState Decode(ref EntryReader reader)
    {
        var answers = new Hash256[reader.ReadCount()];
        for (int i = 0; i < answers.Length; i++)
        {
            answers[i] = reader.ReadHash();
        }

        var terms = CompoundTerms.Read(answers) ?? throw reader.Malformed("the terms are not those of a market of Compound V3");
        var slots = new UInt256[terms.Assets.Count + 2];
        for (int i = 0; i < slots.Length; i++)
        {
            slots[i] = reader.ReadUInt256();
        }

        var prices = new ObservedPrice[terms.Assets.Count + 1];
        for (int i = 0; i < prices.Length; i++)
        {
            prices[i] = new ObservedPrice(i == 0 ? terms.BaseToken : terms.Assets[i - 1].Token, reader.ReadUInt256(), reader.ReadAddress());
        }

        return new CompoundState(terms, answers, slots, prices, new BlockNumber(reader.ReadUInt64()));
    }

    private UInt256 Owned(int asset) => WordField.Read(_slots[asset + 2], 0, CompoundSlots.CollateralBits);

    private static ReserveTokens[] TokensOf(CompoundTerms terms) => [.. terms.Assets.Select(static asset => new ReserveTokens(asset.Token, default, default))];
}
