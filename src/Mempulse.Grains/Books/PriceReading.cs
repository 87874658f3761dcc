using System.Buffers.Binary;
using Mempulse.ChainState;
using Mempulse.Ethereum.Abi;
using Mempulse.Ethereum.Blocks;
using Mempulse.Ethereum.Signatures;
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

    private const int SelectorBytes = 4;

    private static readonly uint s_price = AbiFunction.Parse("getAssetPrice(address token)").Selector;
    private static readonly uint s_source = AbiFunction.Parse("getSourceOfAsset(address token)").Selector;
    private static readonly uint s_feed = AbiFunction.Parse("aggregator()").Selector;
    private static readonly uint s_answer = AbiFunction.Parse("latestAnswer()").Selector;

    private readonly StateCalls[] _calls = [.. Enumerable.Range(0, Workers).Select(_ => new StateCalls(state, header, chain, SenderRecovery.CreateBest()))];
    private SimOutcome? _failure;

    /// <summary>Why a price could not be computed: state missing, or refuted by the state root; null if all were.</summary>
    public SimOutcome? Failure => Volatile.Read(ref _failure);

    /// <summary>What the calls missed.</summary>
    public IEnumerable<StateGap> Missed => _calls.SelectMany(static calls => calls.Missed);

    /// <summary>Reads prices, in the order of the tokens. The price of a token for which the oracle reverts is zero.</summary>
    public async Task<IReadOnlyList<ObservedPrice>> ReadAsync(IReadOnlyList<Address> tokens, CancellationToken cancellationToken)
    {
        var prices = new ObservedPrice[tokens.Count];
        await Task.WhenAll(Enumerable.Range(0, Workers).Select(async worker =>
        {
            for (int i = worker; i < tokens.Count && Failure is null; i += Workers)
            {
                prices[i] = await ReadAsync(_calls[worker], tokens[i], cancellationToken).ConfigureAwait(false);
            }
        })).ConfigureAwait(false);
        return prices;
    }

    private async Task<ObservedPrice> ReadAsync(StateCalls calls, Address token, CancellationToken cancellationToken)
    {
        var price = await AskAsync(calls, oracle, CallOf(s_price, token), cancellationToken).ConfigureAwait(false);
        if (price is not { IsZero: false } known)
        {
            return new ObservedPrice(token, UInt256.Zero, default);
        }

        var source = await AskAsync(calls, oracle, CallOf(s_source, token), cancellationToken).ConfigureAwait(false);
        var feed = source is { IsZero: false } of ? await AskAsync(calls, AddressOf(of), CallOf(s_feed), cancellationToken).ConfigureAwait(false) : null;
        bool isAnswer = feed is { IsZero: false } asked && await AskAsync(calls, AddressOf(asked), CallOf(s_answer), cancellationToken).ConfigureAwait(false) == known;
        return new ObservedPrice(token, known, isAnswer ? AddressOf(feed!.Value) : default);
    }

    /// <returns>The word that the contract answers with; null if it does not.</returns>
    private async Task<UInt256?> AskAsync(StateCalls calls, Address contract, byte[] input, CancellationToken cancellationToken)
    {
        var answer = await calls.CallAsync(contract, input, cancellationToken).ConfigureAwait(false);
        if (answer.Failure is { } failure)
        {
            Interlocked.CompareExchange(ref _failure, failure, null);
        }

        return answer.IsSuccess && answer.Output.Length >= UInt256.Size ? UInt256.FromBigEndian(answer.Output.Span[..UInt256.Size]) : null;
    }

    private static byte[] CallOf(uint selector)
    {
        byte[] call = new byte[SelectorBytes];
        BinaryPrimitives.WriteUInt32BigEndian(call, selector);
        return call;
    }

    private static byte[] CallOf(uint selector, in Address argument)
    {
        byte[] call = new byte[SelectorBytes + UInt256.Size];
        BinaryPrimitives.WriteUInt32BigEndian(call, selector);
        argument.CopyTo(call.AsSpan(call.Length - Address.Size));
        return call;
    }

    private static Address AddressOf(in UInt256 word)
    {
        Span<byte> bytes = stackalloc byte[UInt256.Size];
        word.WriteBigEndian(bytes);
        return new Address(bytes[^Address.Size..]);
    }
}
