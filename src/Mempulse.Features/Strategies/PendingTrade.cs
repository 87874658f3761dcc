using Mempulse.Features.Book;
using Mempulse.Features.Decoding;
using Mempulse.Features.Markets;
using Mempulse.Features.Pools;
using Mempulse.Features.Registry;
using Mempulse.Features.Trades;
using Mempulse.Primitives;

namespace Mempulse.Features.Strategies;

/// <summary>A pending transaction as a strategy gets it: its decode tree, its trades, and what its swaps do to the pools of the book.</summary>
/// <remarks>Valid during the call that receives it: its buffers are reused.</remarks>
public sealed class PendingTrade
{
    internal PendingTrade()
    {
    }

    /// <summary>The transaction.</summary>
    public Hash256 Tx { get; internal set; }

    /// <summary>Its sender.</summary>
    public Address Sender { get; internal set; }

    /// <summary>The contract that it calls.</summary>
    public Address Target { get; internal set; }

    /// <summary>The ether that it sends.</summary>
    public UInt256 Value { get; internal set; }

    /// <summary>Its calldata.</summary>
    public ReadOnlyMemory<byte> Calldata { get; internal set; }

    /// <summary>What the calldata asks for.</summary>
    public DecodeTree Tree { get; } = new();

    /// <summary>What it reports to a price feed; null if it reports nothing.</summary>
    public OracleReport? Report { get; internal set; }

    /// <summary>What its plans exchange as a whole.</summary>
    public IReadOnlyList<Trade> Trades { get; internal set; } = [];

    /// <summary>The swaps whose effect on the book is known, in order.</summary>
    public IReadOnlyList<PendingSwap> Swaps => SwapList;

    /// <summary>The pools that these swaps move, each once, in the order in which they are moved first. What earlier transactions of the sender move is not among them.</summary>
    public IReadOnlyList<MovedPool> Moved => MovedList;

    /// <summary>Swaps that name pools, of which one is not in the book, or an amount is known to an execution only.</summary>
    public int UnknownSwaps { get; internal set; }

    /// <summary>True if a swap would fail at the state of the book: an amount is outside of its limit, or a pool does not fill it.</summary>
    public bool WouldFail { get; internal set; }

    internal List<PendingSwap> SwapList { get; } = [];

    internal List<MovedPool> MovedList { get; } = [];

    /// <summary>Pools that its swaps name, also where the book does not have them or amounts are not known.</summary>
    internal List<PoolKey> Named { get; } = [];

    /// <summary>Tokens that its swaps name pools by.</summary>
    internal List<Address> Tokens { get; } = [];

    /// <summary>The states of pools that transactions before this one move.</summary>
    internal List<MovedPool> Before { get; } = [];

    /// <summary>The state of a pool after the transaction.</summary>
    public IPool StateOf(BookPool pool)
    {
        ArgumentNullException.ThrowIfNull(pool);
        foreach (var moved in MovedList)
        {
            if (moved.Pool.Key == pool.Key)
            {
                return moved.After;
            }
        }

        foreach (var moved in Before)
        {
            if (moved.Pool.Key == pool.Key)
            {
                return moved.After;
            }
        }

        return pool.State;
    }

    /// <summary>True if a call or command has an effect of a kind.</summary>
    public bool Has(EffectKind kind)
    {
        foreach (ref readonly var effect in Tree.Effects)
        {
            if (effect.Kind == kind)
            {
                return true;
            }
        }

        return false;
    }

    internal void Clear()
    {
        (Trades, UnknownSwaps, WouldFail) = ([], 0, false);
        SwapList.Clear();
        MovedList.Clear();
        Named.Clear();
        Tokens.Clear();
    }
}
