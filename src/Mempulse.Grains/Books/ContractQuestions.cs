using System.Buffers.Binary;
using Mempulse.ChainState;
using Mempulse.Ethereum.Abi;
using Mempulse.Ethereum.Blocks;
using Mempulse.Ethereum.Signatures;
using Mempulse.Evm.State;
using Mempulse.Primitives;
using Mempulse.Sim.Outcomes;

namespace Mempulse.Grains.Books;

/// <summary>Asks contracts for words, in our own EVM on the state of a block. Confined to one caller at a time.</summary>
internal sealed class ContractQuestions(IBlockState state, BlockHeader header, ChainId chain)
{
    private const int SelectorBytes = 4;

    private static readonly uint s_feed = AbiFunction.Parse("aggregator()").Selector;
    private static readonly uint s_answer = AbiFunction.Parse("latestAnswer()").Selector;

    private readonly StateCalls _calls = new(state, header, chain, SenderRecovery.CreateBest());

    /// <summary>Why an answer could not be computed: state missing, or refuted by the state root; null if all were.</summary>
    public SimOutcome? Failure { get; private set; }

    /// <summary>What the calls missed.</summary>
    public IEnumerable<StateGap> Missed => _calls.Missed;

    /// <summary>Asks for words.</summary>
    /// <returns>The words of the answer; none if the contract reverts.</returns>
    public async Task<UInt256[]> AskAsync(Address contract, uint selector, UInt256[] arguments, CancellationToken cancellationToken)
    {
        byte[] call = new byte[SelectorBytes + (arguments.Length * UInt256.Size)];
        BinaryPrimitives.WriteUInt32BigEndian(call, selector);
        for (int i = 0; i < arguments.Length; i++)
        {
            arguments[i].WriteBigEndian(call.AsSpan(SelectorBytes + (i * UInt256.Size)));
        }

        var answer = await _calls.CallAsync(contract, call, cancellationToken).ConfigureAwait(false);
        Failure ??= answer.Failure;
        var words = new UInt256[answer.IsSuccess ? answer.Output.Length / UInt256.Size : 0];
        for (int i = 0; i < words.Length; i++)
        {
            words[i] = UInt256.FromBigEndian(answer.Output.Span.Slice(i * UInt256.Size, UInt256.Size));
        }

        return words;
    }

    /// <summary>Asks for one word.</summary>
    /// <returns>Null if the contract reverts.</returns>
    public async Task<UInt256?> AskWordAsync(Address contract, uint selector, UInt256[] arguments, CancellationToken cancellationToken) =>
        await AskAsync(contract, selector, arguments, cancellationToken).ConfigureAwait(false) is [var word, ..] ? word : null;

    /// <summary>The feed behind a source of a price, if its latest answer is that very price; the zero address for any other source.</summary>
    public async Task<Address> FeedOfAsync(Address source, UInt256 price, CancellationToken cancellationToken)
    {
        var feed = await AskWordAsync(source, s_feed, [], cancellationToken).ConfigureAwait(false);
        return feed is { IsZero: false } asked && await AskWordAsync(Address.OfWord(asked), s_answer, [], cancellationToken).ConfigureAwait(false) == price ? Address.OfWord(asked) : default;
    }
}
