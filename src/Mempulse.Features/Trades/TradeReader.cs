using Mempulse.Features.Decoding;
using Mempulse.Features.Registry;
using Mempulse.Primitives;

namespace Mempulse.Features.Trades;

/// <summary>Reads from a decode tree what each plan in it exchanges as a whole.</summary>
/// <remarks>
/// A plan is what one contract is asked to do in one call: the commands of a router, the calls of its multicall. A call inside a plan that
/// says what it trades is a part of how it does so, and no trade of its own. Buffers are reused; confined to its caller.
/// </remarks>
public sealed class TradeReader
{
    /// <summary>Tokens of a plan. A plan with more has no trade as a whole; its swaps stand for themselves.</summary>
    public const int MaxPlanTokens = 16;

    /// <summary>Stands in place of a plan's own index once its trade is read.</summary>
    private const int ReadAlready = -1;

    private const ulong AllBasisPoints = 10_000;

    private static readonly Address s_etherWord = Address.Parse("0xeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee");

    private readonly PlanToken[] _tokens = new PlanToken[MaxPlanTokens];
    private readonly List<Trade> _trades = [];
    private int[] _planOf = new int[16];
    private int[] _lastOf = new int[16]; // the last node that a node contains, or the node itself
    private bool[] _hasTrade = new bool[16];
    private int _tokenCount;
    private bool _hasTooManyTokens;

    /// <summary>Reads the trades of a tree, in the order of their plans.</summary>
    /// <param name="tree">The tree.</param>
    /// <param name="wrappedEther">The token that wraps the chain's ether; null if it is not known, so that both are different tokens.</param>
    /// <returns>Valid until the next call.</returns>
    public IReadOnlyList<Trade> Read(DecodeTree tree, Address? wrappedEther)
    {
        ArgumentNullException.ThrowIfNull(tree);
        _trades.Clear();
        FindPlans(tree.Nodes);
        var effects = tree.Effects;
        for (int first = 0; first < effects.Length; first++)
        {
            int node = effects[first].Node;
            if (effects[first].Kind == EffectKind.Order)
            {
                AddAlone(effects[first], node, wrappedEther);
                _hasTrade[node] = true;
                continue;
            }

            int plan = _planOf[node];
            if (plan != ReadAlready && _planOf[plan] != ReadAlready)
            {
                _hasTrade[plan] |= !IsInsideTrade(tree.Nodes, plan) && ReadPlan(tree, plan, first, wrappedEther);
                _planOf[plan] = ReadAlready;
            }
        }

        return _trades;
    }

    /// <summary>A node belongs to the plan of its parent if both are of the same contract.</summary>
    private void FindPlans(ReadOnlySpan<CallNode> nodes)
    {
        if (_planOf.Length < nodes.Length)
        {
            _planOf = new int[Math.Max(nodes.Length, 2 * _planOf.Length)];
            _lastOf = new int[_planOf.Length];
            _hasTrade = new bool[_planOf.Length];
        }

        _hasTrade.AsSpan(0, nodes.Length).Clear();

        for (int i = 0; i < nodes.Length; i++)
        {
            int parent = nodes[i].Parent;
            _planOf[i] = parent >= 0 && nodes[parent].Target == nodes[i].Target ? _planOf[parent] : i;
            _lastOf[i] = i;
        }

        for (int i = nodes.Length - 1; i > 0; i--)
        {
            int parent = nodes[i].Parent;
            _lastOf[parent] = Math.Max(_lastOf[parent], _lastOf[i]);
        }
    }

    private bool IsInsideTrade(ReadOnlySpan<CallNode> nodes, int plan)
    {
        for (int node = nodes[plan].Parent; node >= 0; node = nodes[node].Parent)
        {
            if (_hasTrade[_planOf[node] == ReadAlready ? node : _planOf[node]])
            {
                return true;
            }
        }

        return false;
    }

    /// <returns>True if the plan trades.</returns>
    private bool ReadPlan(DecodeTree tree, int plan, int first, Address? wrappedEther)
    {
        (_tokenCount, _hasTooManyTokens) = (0, false);
        var router = tree.Nodes[plan].Target;
        Address? recipient = null;
        UInt256? deadline = null;
        int swapCount = 0;
        foreach (ref readonly var effect in tree.Effects[first..])
        {
            if (effect.Node > _lastOf[plan])
            {
                break; // the nodes of a plan are in one piece
            }

            if (_planOf[effect.Node] != plan)
            {
                continue;
            }

            Take(effect, router, wrappedEther);
            swapCount += effect.Kind == EffectKind.Swap ? 1 : 0;
            deadline = effect.Deadline ?? deadline;
            if (effect.Kind is EffectKind.Swap or EffectKind.Sweep or EffectKind.Unwrap or EffectKind.Wrap && effect.Counterparty is { } account && account != router)
            {
                recipient = account;
            }
        }

        if (swapCount > 0)
        {
            Conclude(tree, plan, first, recipient, deadline, wrappedEther);
        }

        return swapCount > 0;
    }

    private void Take(in Effect effect, Address router, Address? wrappedEther)
    {
        switch (effect.Kind)
        {
            case EffectKind.Swap:
                var (given, received) = (Same(effect.TokenIn, wrappedEther), Same(effect.TokenOut, wrappedEther));
                if (given is null || given != received) // ether for its wrapped token, in a pool of both, is no trade
                {
                    Of(given).Give(effect.AmountIn);
                    Of(received).Receive(effect.AmountOut);
                }

                break;
            case EffectKind.Wrap when effect.Counterparty == router:
                Of(Same(effect.TokenIn, wrappedEther)).Fund(effect.AmountIn);
                break;
            case EffectKind.Transfer when effect.Counterparty is null || effect.Counterparty == router:
                Of(Same(effect.TokenIn, wrappedEther)).Fund(effect.AmountIn);
                break;
            case EffectKind.Transfer:
                Of(Same(effect.TokenIn, wrappedEther)).PayAway(effect.AmountIn);
                break;
            case EffectKind.Sweep or EffectKind.BalanceCheck when effect.Counterparty != router:
                Of(Same(effect.TokenIn, wrappedEther)).Pay(effect.AmountIn);
                break;
            case EffectKind.Unwrap when effect.Counterparty != router:
                Of(Same(effect.TokenOut, wrappedEther)).Pay(effect.AmountOut);
                break;
            case EffectKind.Portion:
                Of(Same(effect.TokenIn, wrappedEther)).PayPortion(effect.AmountIn);
                break;
            default:
                break;
        }
    }

    private void Conclude(DecodeTree tree, int plan, int first, Address? recipient, UInt256? deadline, Address? wrappedEther)
    {
        int given = -1;
        int received = -1;
        int ends = 0;
        for (int i = 0; i < _tokenCount; i++)
        {
            ref var token = ref _tokens[i];
            if (token.IsGiven && !token.IsReceived)
            {
                (given, ends) = (i, ends + 1);
            }
            else if (token.IsReceived && !token.IsGiven)
            {
                (received, ends) = (i, ends + 1);
            }
        }

        if (!_hasTooManyTokens && ends == 2 && given >= 0 && received >= 0)
        {
            _trades.Add(new Trade(plan, _tokens[given].Token, _tokens[received].Token)
            {
                AmountIn = AmountGiven(_tokens[given]),
                AmountOut = AmountReceived(_tokens[received]),
                Recipient = recipient,
                Deadline = deadline,
            });
            return;
        }

        EachSwap(tree, plan, first, wrappedEther);
    }

    /// <summary>Without a single pair of tokens each swap stands for itself.</summary>
    private void EachSwap(DecodeTree tree, int plan, int first, Address? wrappedEther)
    {
        foreach (ref readonly var effect in tree.Effects[first..])
        {
            if (effect.Node > _lastOf[plan])
            {
                break;
            }

            if (effect.Kind == EffectKind.Swap && _planOf[effect.Node] == plan)
            {
                AddAlone(effect, effect.Node, wrappedEther);
            }
        }
    }

    private void AddAlone(in Effect effect, int node, Address? wrappedEther) =>
        _trades.Add(new Trade(node, Same(effect.TokenIn, wrappedEther), Same(effect.TokenOut, wrappedEther))
        {
            AmountIn = effect.AmountIn,
            AmountOut = effect.AmountOut,
            Recipient = effect.Counterparty,
            Deadline = effect.Deadline,
        });

    /// <summary>What swaps state, or else what was paid to the router for them.</summary>
    private static Amount AmountGiven(in PlanToken token) =>
        token.Given.Meaning == AmountMeaning.Unresolved && token.Funded.Meaning == AmountMeaning.Exact ? token.Funded.ToAmount() : token.Given.ToAmount();

    private static Amount AmountReceived(in PlanToken token)
    {
        var received = token.Received;
        if (received.Meaning == AmountMeaning.Exact && token.PortionBasisPoints.IsZero && token.PaidAway.IsZero)
        {
            return received.ToAmount();
        }

        // A part without a minimum may be nothing; the others hold.
        var least = Less(received.Total, token.PortionBasisPoints);
        least = least > token.PaidAway ? least - token.PaidAway : UInt256.Zero;
        return new Amount(AmountMeaning.Minimum, least > token.LeastPaid ? least : token.LeastPaid, AmountSentinels.None);
    }

    private static UInt256 Less(in UInt256 amount, in UInt256 basisPoints)
    {
        if (basisPoints.IsZero)
        {
            return amount;
        }

        if (basisPoints >= AllBasisPoints || !UInt256.TryMultiply(amount, AllBasisPoints - basisPoints.LowUInt64, out var product))
        {
            return UInt256.Zero;
        }

        UInt256.Divide(product, AllBasisPoints, out var rest);
        return rest;
    }

    private static Address? Same(Address? token, Address? wrappedEther) =>
        token is { } address && wrappedEther is { } wrapped && (address.IsZero || address == s_etherWord) ? wrapped : token;

    /// <summary>The entry of a token in the plan that is being read.</summary>
    private ref PlanToken Of(Address? token)
    {
        for (int i = 0; i < _tokenCount; i++)
        {
            if (_tokens[i].Token == token)
            {
                return ref _tokens[i];
            }
        }

        if (_tokenCount == MaxPlanTokens)
        {
            _hasTooManyTokens = true;
            return ref _tokens[MaxPlanTokens - 1];
        }

        _tokens[_tokenCount] = new PlanToken(token);
        return ref _tokens[_tokenCount++];
    }
}
