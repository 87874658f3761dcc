using Mempulse.ChainState;
using Mempulse.Ethereum.Abi;
using Mempulse.Ethereum.Blocks;
using Mempulse.Evm.State;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Sim.Outcomes;

namespace Mempulse.Grains.Books;

/// <summary>Asks the oracle of a market for prices, in our own EVM on the state of a block: what it answers is proven as its storage and code are.</summary>
/// <remarks>
/// Oracles price through adapters of many forms, so no layout of theirs is read. A feed counts as the source of a price only if it answers with that very price:
/// a source without a feed, or one that bounds or combines answers, has none.
/// </remarks>
internal sealed class PriceReading(IBlockState state, BlockHeader header, ChainId chain, Address oracle)
{
    /// <summary>Tokens that are priced at the same time: most of the time is that of the node's answers.</summary>
    private const int Workers = 8;

    private static readonly uint s_price = AbiFunction.Parse("getAssetPrice(address token)").Selector;
    private static readonly uint s_source = AbiFunction.Parse("getSourceOfAsset(address token)").Selector;

    private readonly ContractQuestions[] _workers = [.. Enumerable.Range(0, Workers).Select(_ => new ContractQuestions(state, header, chain))];

    /// <summary>Why a price could not be computed: state missing, or refuted by the state root; null if all were.</summary>
    public SimOutcome? Failure => _workers.Select(static worker => worker.Failure).FirstOrDefault(static failure => failure is not null);

    /// <summary>What the calls missed.</summary>
    public IEnumerable<StateGap> Missed => _workers.SelectMany(static worker => worker.Missed);

    /// <summary>Reads prices, in the order of the tokens. The price of a token for which the oracle reverts is zero.</summary>
    public async Task<IReadOnlyList<ObservedPrice>> ReadAsync(IReadOnlyList<Address> tokens, CancellationToken cancellationToken)
    {
        var prices = new ObservedPrice[tokens.Count];
        await Task.WhenAll(_workers.Select(async (worker, first) =>
        {
            for (int i = first; i < tokens.Count && worker.Failure is null; i += Workers)
            {
                prices[i] = await ReadAsync(worker, tokens[i], cancellationToken).ConfigureAwait(false);
            }
        })).ConfigureAwait(false);
        return prices;
    }

    private async Task<ObservedPrice> ReadAsync(ContractQuestions worker, Address token, CancellationToken cancellationToken)
    {
        UInt256[] asked = [token.ToWord()];
        var price = await worker.AskWordAsync(oracle, s_price, asked, cancellationToken).ConfigureAwait(false);
        if (price is not { IsZero: false } known)
        {
            return new ObservedPrice(token, UInt256.Zero, default);
        }

        var source = await worker.AskWordAsync(oracle, s_source, asked, cancellationToken).ConfigureAwait(false);
        return new ObservedPrice(token, known, source is { IsZero: false } of ? await worker.FeedOfAsync(Address.OfWord(of), known, cancellationToken).ConfigureAwait(false) : default);
    }
}
