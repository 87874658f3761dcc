using Mempulse.Features.Book;
using Mempulse.Features.Decoding;
using Mempulse.Features.Grading;
using Mempulse.Features.Markets;
using Mempulse.Features.Pools;
using Mempulse.Features.Pools.ConstantProduct;
using Mempulse.Features.Pools.Ticks;
using Mempulse.Features.Registry;
using Mempulse.Features.Routes;
using Mempulse.Features.Trades;
using Mempulse.Primitives;

namespace Mempulse.Features.Strategies;

/// <summary>Decodes a pending transaction and applies its swaps to the pools of the book, by exact quotes. Buffers are reused; confined to its caller.</summary>
public sealed class PendingTradeReader
{
    /// <summary>Swaps of one transaction that are applied; those beyond count as unknown.</summary>
    public const int MaxSwaps = 16;

    private readonly TradeReader _trades = new();
    private readonly RouteReader _routes = new();
    private readonly TokenBalances _balances = new();
    private readonly List<RouteLeg> _legs = [];
    private readonly PendingTrade _trade = new();
    private bool _isRead; // what was followed was used

    /// <summary>Which amounts are certain; those of all functions unless it is set.</summary>
    public DecodeTrust Trust { get; set; } = DecodeTrust.Full;

    /// <summary>Applies a transaction that runs before the one that is read next. If it would fail it moves nothing.</summary>
    /// <param name="registry">The registry.</param>
    /// <param name="tx">Its hash.</param>
    /// <param name="call">The call that it is.</param>
    /// <param name="calldata">The same calldata.</param>
    /// <param name="book">The pools.</param>
    public void Follow(ContractRegistry registry, in Hash256 tx, in CallRequest call, ReadOnlyMemory<byte> calldata, IPoolBook book)
    {
        Begin();
        Apply(registry, tx, call, calldata, book);
        if (_trade.WouldFail)
        {
            return;
        }

        foreach (var moved in _trade.MovedList)
        {
            _trade.Before.RemoveAll(other => other.Pool.Key == moved.Pool.Key);
            _trade.Before.Add(moved);
        }
    }

    /// <summary>Reads a transaction, on the state that those which were followed since the last call leave.</summary>
    /// <param name="registry">The registry.</param>
    /// <param name="tx">Its hash.</param>
    /// <param name="call">The call that it is.</param>
    /// <param name="calldata">The same calldata, for strategies that read arguments.</param>
    /// <param name="book">The pools.</param>
    /// <returns>Valid until the next call.</returns>
    public PendingTrade Read(ContractRegistry registry, in Hash256 tx, in CallRequest call, ReadOnlyMemory<byte> calldata, IPoolBook book)
    {
        Begin();
        _isRead = true;
        Apply(registry, tx, call, calldata, book);
        return _trade;
    }

    private void Begin()
    {
        if (_isRead)
        {
            _trade.Before.Clear();
            _isRead = false;
        }
    }

    private void Apply(ContractRegistry registry, in Hash256 tx, in CallRequest call, ReadOnlyMemory<byte> calldata, IPoolBook book)
    {
        ArgumentNullException.ThrowIfNull(registry);
        ArgumentNullException.ThrowIfNull(book);
        _trade.Clear();
        (_trade.Tx, _trade.Sender, _trade.Target, _trade.Value, _trade.Calldata) = (tx, call.Sender, call.Target ?? default, call.Value, calldata);
        _trade.Report = OracleReport.TryRead(_trade.Target, call.Data, out var report) ? report : null;
        if (_trade.Report is not null)
        {
            _trade.Named.Add(PoolKey.Of(report.Feed)); // so that it is looked at again when a market that the feed prices changes
        }

        NoteSale(CompoundCall.Read(call.Data));
        new CallDecoder(registry).Decode(call, _trade.Tree);
        var ether = registry.WrappedEther(call.Chain);
        _trade.Trades = Trusted(_trades.Read(_trade.Tree, ether));
        _balances.Clear();
        var effects = _trade.Tree.Effects;
        for (int i = 0; i < effects.Length; i++)
        {
            Take(registry, call, i, Trust.Of(_trade.Tree, effects[i]), ether, book);
        }
    }

    private IReadOnlyList<Trade> Trusted(IReadOnlyList<Trade> trades) => Trust.Drifting.Count == 0 ? trades : [.. trades.Select(trade => Trust.Of(_trade.Tree, trade))];

    private void Take(ContractRegistry registry, in CallRequest call, int index, in Effect effect, Address? ether, IPoolBook book)
    {
        var router = _trade.Tree.Nodes[effect.Node].Target;
        switch (effect.Kind)
        {
            case EffectKind.Swap when effect.Rule?.Route is not null:
                var hops = _routes.Read(registry, call, _trade.Tree, effect);
                if (!TryResolve(hops, book) || _trade.SwapList.Count == MaxSwaps || !TryApply(index, effect, router))
                {
                    _trade.UnknownSwaps++;
                }

                break;
            case EffectKind.Wrap when effect.AmountIn.Meaning == AmountMeaning.Exact && ether is { } wrapped:
                _balances.Add(wrapped, effect.AmountIn.Value);
                break;
            case EffectKind.Transfer when effect.AmountIn.Meaning == AmountMeaning.Exact && effect.TokenIn is { } token && (effect.Counterparty is null || effect.Counterparty == router):
                _balances.Add(token, effect.AmountIn.Value);
                break;
            default:
                break;
        }
    }

    /// <summary>Notes the market that is called and the accounts that it absorbs, so that the call is looked at again when one of them changes.</summary>
    private void NoteSale(CompoundCall? call)
    {
        if (call is null)
        {
            return;
        }

        _trade.Named.Add(PoolKey.Of(_trade.Target));
        foreach (var account in call is CompoundCall.Absorb absorb ? absorb.Accounts : [])
        {
            _trade.Named.Add(MarketKey.Of(_trade.Target, account));
        }
    }

    /// <summary>Notes by what the hops name their pools, so that the swap is looked at again when one of them comes.</summary>
    private void Note(in PoolHop hop)
    {
        if (hop.Pool is { } pool && PoolRoutes.ToAddress(pool) is { } contract)
        {
            _trade.Named.Add(PoolKey.Of(contract));
            return;
        }

        if (hop.TokenIn is { } tokenIn)
        {
            _trade.Tokens.Add(tokenIn);
        }

        if (hop.TokenOut is { } tokenOut)
        {
            _trade.Tokens.Add(tokenOut);
        }
    }

    /// <summary>Finds the pool of every hop.</summary>
    private bool TryResolve(IReadOnlyList<PoolHop> hops, IPoolBook book)
    {
        _legs.Clear();
        foreach (var hop in hops)
        {
            Note(hop);
        }

        if (hops.Count == 0 || hops[0].TokenIn is not { } token)
        {
            return false;
        }

        bool isComplete = true;
        foreach (var hop in hops)
        {
            if (!isComplete)
            {
                break;
            }

            isComplete = PoolRoutes.TryFind(book, hop, token, out var leg) && !_legs.Exists(before => before.Pool.Key == leg.Pool.Key); // a second visit would need the state after the first
            if (isComplete)
            {
                _legs.Add(leg);
                _trade.Named.Add(leg.Pool.Key);
                token = leg.Pool.Tokens[leg.TokenOut];
            }
        }

        return isComplete;
    }

    /// <returns>False if an amount is not known.</returns>
    private bool TryApply(int index, in Effect effect, in Address router)
    {
        bool isExactOutput = effect.AmountIn.Meaning == AmountMeaning.Maximum && effect.AmountOut.Meaning is AmountMeaning.Exact or AmountMeaning.Minimum;
        var legs = new PendingLeg[_legs.Count];
        bool isFilled;
        if (isExactOutput)
        {
            isFilled = TryQuoteBack(legs, effect.AmountOut.Value) && legs[0].AmountIn <= effect.AmountIn.Value;
        }
        else
        {
            var amount = AmountIn(effect);
            if (amount.IsZero)
            {
                return false;
            }

            isFilled = TryQuote(legs, amount) && (effect.AmountOut.Meaning is not (AmountMeaning.Minimum or AmountMeaning.Exact) || legs[^1].AmountOut >= effect.AmountOut.Value);
        }

        if (!isFilled)
        {
            _trade.WouldFail = true;
            return true;
        }

        foreach (var leg in legs)
        {
            Move(leg, isExactOutput);
        }

        if (effect.Counterparty is null || effect.Counterparty == router)
        {
            _balances.Add(legs[^1].Pool.Tokens[legs[^1].TokenOut], legs[^1].AmountOut);
        }

        var minimum = effect.AmountOut.Meaning is AmountMeaning.Minimum or AmountMeaning.Exact ? effect.AmountOut.Value : UInt256.Zero;
        _trade.SwapList.Add(new PendingSwap(index, legs, minimum, isExactOutput));
        return true;
    }

    /// <summary>What is given: what the calldata states, or else what the router holds by then; zero if neither is known.</summary>
    private UInt256 AmountIn(in Effect effect)
    {
        if (effect.AmountIn.Meaning == AmountMeaning.Exact)
        {
            return effect.AmountIn.Value;
        }

        return effect.AmountIn.Meaning == AmountMeaning.Unresolved && effect.AmountIn.Sentinel != AmountSentinels.BasisPoints
            ? _balances.Take(_legs[0].Pool.Tokens[_legs[0].TokenIn])
            : UInt256.Zero;
    }

    private bool TryQuote(PendingLeg[] legs, UInt256 amount)
    {
        for (int i = 0; i < legs.Length; i++)
        {
            var (pool, tokenIn, tokenOut) = _legs[i];
            var state = _trade.StateOf(pool);
            var quote = state.QuoteExactInput(tokenIn, tokenOut, amount);
            if (!quote.IsFilled)
            {
                return false;
            }

            legs[i] = new PendingLeg(pool, state, tokenIn, tokenOut, amount, quote.AmountOut);
            amount = quote.AmountOut;
        }

        return true;
    }

    private bool TryQuoteBack(PendingLeg[] legs, UInt256 amount)
    {
        for (int i = legs.Length - 1; i >= 0; i--)
        {
            var (pool, tokenIn, tokenOut) = _legs[i];
            var state = _trade.StateOf(pool);
            var quote = state.QuoteExactOutput(tokenIn, tokenOut, amount);
            if (!quote.IsFilled)
            {
                return false;
            }

            legs[i] = new PendingLeg(pool, state, tokenIn, tokenOut, quote.AmountIn, amount);
            amount = quote.AmountIn;
        }

        return true;
    }

    private void Move(in PendingLeg leg, bool isExactOutput)
    {
        var pool = leg.Pool;
        var state = _trade.StateOf(pool);
        var after = isExactOutput ? AfterExactOutput(state, leg) : state.SwapExactInput(leg.TokenIn, leg.TokenOut, leg.AmountIn).After;
        int index = _trade.MovedList.FindIndex(moved => moved.Pool.Key == pool.Key);
        if (index < 0)
        {
            _trade.MovedList.Add(new MovedPool(pool, after, leg.TokenIn, leg.TokenOut));
        }
        else
        {
            _trade.MovedList[index] = _trade.MovedList[index] with { After = after };
        }
    }

    /// <summary>The pool after it gave exactly what was asked for. Families without a swap for an exact output give all that the input buys.</summary>
    private static IPool AfterExactOutput(IPool state, in PendingLeg leg)
    {
        switch (state)
        {
            case ConstantProductPool pool:
                var after = pool.From(leg.TokenIn).After(new Quote(leg.AmountIn, leg.AmountOut, QuoteFailure.None));
                return leg.TokenIn == 0 ? pool with { Reserve0 = after.ReserveIn, Reserve1 = after.ReserveOut } : pool with { Reserve0 = after.ReserveOut, Reserve1 = after.ReserveIn };
            case TickPool pool:
                pool.Swap(leg.TokenIn == 0 ? SwapDirection.ZeroForOne : SwapDirection.OneForZero, SwapExactness.Output, leg.AmountOut, out var reached);
                return pool with { State = reached };
            default:
                return state.SwapExactInput(leg.TokenIn, leg.TokenOut, leg.AmountIn).After;
        }
    }
}
