using Mempulse.Ethereum.Abi;
using Mempulse.Features.Grading;
using Mempulse.Primitives;

namespace Mempulse.Features.Flows;

/// <summary>What moved in a transaction, from its logs and the ether of its calls. Confined to its caller.</summary>
public sealed class TransactionFlows
{
    /// <summary>Movements that are kept. A transaction with more is not classified.</summary>
    public const int MaxMoves = 4_096;

    private const int TransferTopics = 3;

    private readonly List<TokenMove> _moves = [];
    private readonly SortedSet<Address> _emitters = [];
    private readonly SortedSet<Address> _tokens = [];
    private readonly Address? _wrappedEther;
    private int _left;

    /// <summary>No movements yet.</summary>
    /// <param name="wrappedEther">The token that wraps the chain's ether, which counts as ether; null if it is not known.</param>
    public TransactionFlows(Address? wrappedEther) => _wrappedEther = wrappedEther;

    /// <summary>The movements. Ether and its wrapped token are both the zero account's token.</summary>
    public IReadOnlyList<TokenMove> Moves => _moves;

    /// <summary>True if the ether of calls inside the transaction is among the movements, as a trace has it and a receipt has not.</summary>
    public bool HasInnerEther { get; init; }

    /// <summary>Movements beyond the bound.</summary>
    public int Left => _left;

    /// <summary>Events that say that a pool or a settlement exchanged tokens.</summary>
    public int SwapCount { get; private set; }

    /// <summary>True if ether was wrapped or unwrapped.</summary>
    public bool HasWrapped { get; private set; }

    /// <summary>True if a market's event says that a position was liquidated.</summary>
    public bool HasLiquidation { get; private set; }

    /// <summary>Accounts that emitted an event: contracts that are not merely wallets.</summary>
    public bool IsEmitter(Address account) => _emitters.Contains(account);

    /// <summary>True if the account is a token that moved.</summary>
    public bool IsToken(Address account) => _tokens.Contains(account);

    /// <summary>True if the transaction itself carried ether.</summary>
    public bool HasValue { get; private set; }

    /// <summary>Takes ether that the transaction carried.</summary>
    public void AddValue(Address from, Address to, UInt256 amount)
    {
        HasValue = !amount.IsZero;
        AddEther(from, to, amount);
    }

    /// <summary>Takes ether that a call inside it carried.</summary>
    public void AddEther(Address from, Address to, UInt256 amount)
    {
        if (!amount.IsZero && from != to && to != _wrappedEther && from != _wrappedEther) // what goes to the wrapped token is wrapped: the same ether
        {
            Add(new TokenMove(default, from, to, amount));
        }

        HasWrapped |= !amount.IsZero && (to == _wrappedEther || from == _wrappedEther);
    }

    /// <summary>Takes an event.</summary>
    public void AddLog(Address account, IReadOnlyList<Hash256> topics, ReadOnlySpan<byte> data)
    {
        ArgumentNullException.ThrowIfNull(topics);
        _emitters.Add(account);
        if (topics.Count == 0)
        {
            return;
        }

        HasWrapped |= account == _wrappedEther && (topics[0] == LogTopics.Deposit || topics[0] == LogTopics.Withdrawal);
        SwapCount += LogTopics.IsSwap(topics[0]) ? 1 : 0;
        HasLiquidation |= LiquidationTopics.Contains(topics[0]);
        if (topics.Count == TransferTopics && topics[0] == LogTopics.Transfer && data.Length == AbiType.WordBytes)
        {
            _tokens.Add(account);
            Add(new TokenMove(account == _wrappedEther ? default : account, AccountOf(topics[1]), AccountOf(topics[2]), UInt256.FromBigEndian(data)));
        }
    }

    private void Add(in TokenMove move)
    {
        if (_moves.Count == MaxMoves)
        {
            _left++;
            return;
        }

        if (!move.Amount.IsZero && move.From != move.To)
        {
            _moves.Add(move);
        }
    }

    private static Address AccountOf(in Hash256 topic)
    {
        Span<byte> word = stackalloc byte[Hash256.Size]; // a constant 32
        topic.CopyTo(word);
        return new Address(word[(Hash256.Size - Address.Size)..]);
    }
}
