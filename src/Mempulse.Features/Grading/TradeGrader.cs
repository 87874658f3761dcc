using Mempulse.Features.Decoding;
using Mempulse.Features.Trades;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Features.Grading;

/// <summary>Holds decoded trades against the logs of their transaction, which succeeded. Buffers are reused; confined to its caller.</summary>
/// <remarks>
/// <para>The truth is what moved: transfers that tokens logged, ether that was wrapped or unwrapped, and what pools say they exchanged. An exact
/// amount agrees if an account of the trade gave or got it on balance, a single transfer has it, or it is what pools got or gave together. A
/// minimum agrees if the recipient got as much, a maximum if no more was given.</para>
/// <para>Ether leaves no log. Where a trade is of ether, the value of the transaction, wrapping and the amounts of pools' events stand for it.</para>
/// </remarks>
public sealed class TradeGrader
{
    private readonly TokenFlows _flows = new();
    private readonly List<TradeGrade> _grades = [];
    private readonly List<Address> _accounts = [];

    /// <summary>Grades the trades of a transaction.</summary>
    /// <param name="tree">The decoded transaction.</param>
    /// <param name="trades">Its trades, as <see cref="TradeReader"/> gives them.</param>
    /// <param name="logs">The logs of its receipt.</param>
    /// <param name="wrappedEther">As the trades were read with.</param>
    /// <returns>A grade for each trade, or one that says that nothing was claimed. Valid until the next call.</returns>
    public IReadOnlyList<TradeGrade> Grade(DecodeTree tree, IReadOnlyList<Trade> trades, IReadOnlyList<TxLog> logs, Address? wrappedEther)
    {
        ArgumentNullException.ThrowIfNull(tree);
        ArgumentNullException.ThrowIfNull(trades);
        ArgumentNullException.ThrowIfNull(logs);
        _grades.Clear();
        _flows.Read(logs, wrappedEther);
        foreach (var trade in trades)
        {
            FindAccounts(tree.Nodes, trade);
            _grades.Add(Of(trade, tree.Nodes[0], tree.Nodes[trade.Node], wrappedEther));
        }

        if (trades.Count == 0)
        {
            _grades.Add(new TradeGrade(GradeVerdict.NothingClaimed, TradePart.None, false));
        }

        return _grades;
    }

    /// <summary>The sender of the transaction, and the callers and contracts between it and the trade, which may hold the tokens for it.</summary>
    private void FindAccounts(ReadOnlySpan<CallNode> nodes, in Trade trade)
    {
        _accounts.Clear();
        if (trade.Recipient is { } recipient)
        {
            _accounts.Add(recipient);
        }

        for (int node = trade.Node; node >= 0; node = nodes[node].Parent)
        {
            _accounts.Add(nodes[node].Sender);
        }
    }

    private TradeGrade Of(in Trade trade, in CallNode root, in CallNode node, Address? wrappedEther)
    {
        var given = trade.TokenIn is { } tokenIn ? GradeIn(trade.AmountIn, tokenIn, root.Value, IsEther(tokenIn, wrappedEther)) : Unstated(TradePart.TokenIn);
        var received = trade.TokenOut is { } tokenOut ? GradeOut(trade, tokenOut, IsEther(tokenOut, wrappedEther)) : Unstated(TradePart.TokenOut);
        var worse = TradeGrade.Worse(given, received);
        return worse with { IsCertain = worse.IsCertain && node.Status == DecodeStatus.Decoded };
    }

    /// <summary>Ether itself stands where the chain's wrapped ether is not known.</summary>
    private static bool IsEther(in Address token, Address? wrappedEther) => token == wrappedEther || token.IsZero;

    private static TradeGrade Unstated(TradePart part) => new(GradeVerdict.Partial, part, false);

    private static TradeGrade Wrong(TradePart part, bool isCertain = false) => new(GradeVerdict.Disagrees, part, isCertain);

    private TradeGrade GradeIn(in Amount amount, in Address token, in UInt256 value, bool isEther)
    {
        bool sendsEther = isEther && !value.IsZero;
        var spent = UInt256.Zero;
        foreach (var account in _accounts)
        {
            var given = _flows.Given(token, account);
            spent = given > spent ? given : spent;
        }

        if (spent.IsZero && !sendsEther && !_flows.Moves(token))
        {
            return Wrong(TradePart.TokenIn);
        }

        switch (amount.Meaning)
        {
            case AmountMeaning.Exact:
                bool isShown = spent == amount.Value || (sendsEther && value == amount.Value) || _flows.HasMovement(token, amount.Value)
                    || _flows.OfPools(token, isGiven: false) == amount.Value
                    || (isEther && (_flows.Wrapped(token, isUnwrapped: false) == amount.Value || _flows.HasPoolAmount(amount.Value)));
                return isShown ? default
                    : spent < amount.Value && HasKeptShare(token, spent, amount.Value) ? new TradeGrade(GradeVerdict.FeeOnTransfer, TradePart.AmountIn, false)
                    : Wrong(TradePart.AmountIn, isCertain: true);
            case AmountMeaning.Maximum:
                return spent <= amount.Value ? default : Wrong(TradePart.AmountIn);
            default:
                return Unstated(TradePart.AmountIn);
        }
    }

    /// <summary>Less arrived than was sent. The token's logs show where the rest went, or at least half of it arrived at a pair, which does not ask for more.</summary>
    private bool HasKeptShare(in Address token, in UInt256 arrived, in UInt256 sent) =>
        _flows.KeepsShare(token) || (_flows.ArrivesAtPair(token) && arrived >= sent - arrived);

    private TradeGrade GradeOut(in Trade trade, in Address token, bool isEther)
    {
        var received = Received(token, isEther, trade.Recipient);
        var fromPools = _flows.OfPools(token, isGiven: true);
        if (received.IsZero && fromPools.IsZero)
        {
            return Wrong(TradePart.TokenOut);
        }

        // A token that does not log its transfer to the recipient was logged when the pool gave it.
        received = received.IsZero ? fromPools : received;
        var amount = trade.AmountOut;
        bool keepsShare = _flows.KeepsShare(token) || (trade.TokenIn is { } tokenIn && _flows.KeepsShare(tokenIn));
        var fee = new TradeGrade(GradeVerdict.FeeOnTransfer, TradePart.AmountOut, false);
        switch (amount.Meaning)
        {
            case AmountMeaning.Exact:
                bool isShown = fromPools == amount.Value || _flows.HasMovement(token, amount.Value) || (isEther && _flows.HasPoolAmount(amount.Value));
                return received == amount.Value || (isShown && !keepsShare) ? default
                    : keepsShare && received < amount.Value ? fee
                    : Wrong(TradePart.AmountOut, isCertain: true);
            case AmountMeaning.Minimum:
                return received >= amount.Value ? default : keepsShare ? fee : Wrong(TradePart.AmountOut);
            default:
                return Unstated(TradePart.AmountOut);
        }
    }

    /// <summary>The most that an account of the trade received.</summary>
    private UInt256 Received(in Address token, bool isEther, Address? recipient)
    {
        var received = recipient is null ? _flows.MostReceived(token) : UInt256.Zero;
        foreach (var account in _accounts)
        {
            var one = _flows.Received(token, account);
            received = one > received ? one : received;
        }

        if (!isEther)
        {
            return received;
        }

        var unwrapped = _flows.Wrapped(token, isUnwrapped: true);
        received = received > unwrapped ? received : unwrapped;
        return received.IsZero ? _flows.MostOfPools() : received;
    }
}
