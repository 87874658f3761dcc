using Mempulse.ChainState;
using Mempulse.Ethereum.Abi;
using Mempulse.Ethereum.Blocks;
using Mempulse.Evm.State;
using Mempulse.Features.Markets;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Sim.Outcomes;

namespace Mempulse.Grains.Books;

/// <summary>Asks a market of Compound V3 for its terms and prices: both are what its proven code answers on the proven state of a block.</summary>
internal sealed class CompoundReading(IBlockState state, BlockHeader header, ChainId chain, Address market)
{
    private const int AssetInfoWords = 8; // place, token, feed, scale, factor of loans, factor of liquidations, factor of what is credited, cap
    private const int TokenWord = 1;
    private const int FeedWord = 2;
    private const int ScaleWord = 3;
    private const int LiquidateWord = 5;
    private const int CreditWord = 6;

    private static readonly uint[] s_terms = [.. CompoundTerms.Functions.Select(static function => AbiFunction.Parse(function).Selector)];
    private static readonly uint s_balance = AbiFunction.Parse("balanceOf(address account)").Selector;
    private static readonly uint s_count = AbiFunction.Parse("numAssets()").Selector;
    private static readonly uint s_asset = AbiFunction.Parse("getAssetInfo(uint8 place)").Selector;
    private static readonly uint s_baseFeed = AbiFunction.Parse("baseTokenPriceFeed()").Selector;
    private static readonly uint s_price = AbiFunction.Parse("getPrice(address feed)").Selector;

    private readonly ContractQuestions _questions = new(state, header, chain);
    private readonly List<Hash256> _answers = [];
    private readonly List<ObservedPrice> _prices = [];

    /// <summary>Why an answer could not be computed: state missing, or refuted by the state root; null if all were.</summary>
    public SimOutcome? Failure => _questions.Failure;

    /// <summary>What the calls missed.</summary>
    public IEnumerable<StateGap> Missed => _questions.Missed;

    /// <summary>The answers, in the order in which <see cref="CompoundTerms"/> reads them; fewer if the contract is no such market.</summary>
    public IReadOnlyList<Hash256> Answers => _answers;

    /// <summary>The price of the base token, and then of each collateral; zero where the market has none.</summary>
    public IReadOnlyList<ObservedPrice> Prices => _prices;

    /// <summary>Asks.</summary>
    public async Task ReadAsync(CancellationToken cancellationToken)
    {
        foreach (uint function in s_terms)
        {
            await AnswerAsync(market, function, [], cancellationToken).ConfigureAwait(false);
        }

        if (_answers.Count < s_terms.Length || Failure is not null)
        {
            return; // it is no such market
        }

        var token = Address.OfWord(UInt256.FromBigEndian(_answers[0].ToArray()));
        await AnswerAsync(token, s_balance, [market.ToWord()], cancellationToken).ConfigureAwait(false);
        var feed = await _questions.AskWordAsync(market, s_baseFeed, [], cancellationToken).ConfigureAwait(false);
        await PriceAsync(token, feed ?? UInt256.Zero, cancellationToken).ConfigureAwait(false);
        var count = await _questions.AskWordAsync(market, s_count, [], cancellationToken).ConfigureAwait(false);
        for (ulong place = 0; Failure is null && place < CompoundTerms.MaxAssets && place < count; place++)
        {
            await ReadAssetAsync(place, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task ReadAssetAsync(ulong place, CancellationToken cancellationToken)
    {
        var words = await _questions.AskAsync(market, s_asset, [place], cancellationToken).ConfigureAwait(false);
        if (words.Length < AssetInfoWords)
        {
            return;
        }

        var token = Address.OfWord(words[TokenWord]);
        foreach (int word in (ReadOnlySpan<int>)[TokenWord, ScaleWord, LiquidateWord, CreditWord])
        {
            Add(words[word]);
        }

        await AnswerAsync(token, s_balance, [market.ToWord()], cancellationToken).ConfigureAwait(false);
        await PriceAsync(token, words[FeedWord], cancellationToken).ConfigureAwait(false);
    }

    private async Task AnswerAsync(Address contract, uint function, UInt256[] arguments, CancellationToken cancellationToken)
    {
        if (await _questions.AskWordAsync(contract, function, arguments, cancellationToken).ConfigureAwait(false) is { } answer)
        {
            Add(answer);
        }
    }

    private async Task PriceAsync(Address token, UInt256 source, CancellationToken cancellationToken)
    {
        var price = await _questions.AskWordAsync(market, s_price, [source], cancellationToken).ConfigureAwait(false) ?? UInt256.Zero;
        var feed = price.IsZero ? default : await _questions.FeedOfAsync(Address.OfWord(source), price, cancellationToken).ConfigureAwait(false);
        _prices.Add(new ObservedPrice(token, price, feed));
    }

    private void Add(in UInt256 word)
    {
        Span<byte> bytes = stackalloc byte[UInt256.Size];
        word.WriteBigEndian(bytes);
        _answers.Add(new Hash256(bytes));
    }
}
