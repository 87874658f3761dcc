using System.Numerics;
using Mempulse.Primitives;

namespace Mempulse.Features.Flows;

/// <summary>Says what a transaction is for from what moved in it, without any ABI.</summary>
/// <remarks>
/// <para>The party is the sender together with the contract that it calls, unless that is a token or a contract that exchanges. What comes back to the party
/// from those that it gave to is in its strongly connected component of the graph of givers and receivers.</para>
/// <para>In that component: another token came back (swap), or more of one token with nothing given in the end (arbitrage). If a wallet beside
/// the party gave one token and received another one, the party settled a swap for it.</para>
/// </remarks>
public static class FlowClassifier
{
    /// <summary>Reads the movements of a transaction.</summary>
    /// <param name="flows">What moved.</param>
    /// <param name="sender">The account that signed it.</param>
    /// <param name="target">The contract that it calls; null if it creates one.</param>
    public static FlowReading Read(TransactionFlows flows, Address sender, Address? target)
    {
        ArgumentNullException.ThrowIfNull(flows);
        if (flows.Left > 0)
        {
            return new FlowReading(FlowLabel.Unknown, [], IsCut: true);
        }

        var bot = target is { } called && called != sender && !flows.IsToken(called) && !IsPool(flows, called) ? called : sender;
        var nets = Nets(flows.Moves, account => account == sender || account == bot);
        return new FlowReading(LabelOf(flows, sender, bot, nets), nets, IsCut: false);
    }

    private static FlowLabel LabelOf(TransactionFlows flows, Address sender, Address bot, IReadOnlyList<TokenNet> nets)
    {
        var moves = flows.Moves;
        if (moves.Count == 0)
        {
            return flows.HasWrapped ? FlowLabel.Wrap : FlowLabel.None;
        }

        if (flows.HasLiquidation)
        {
            return FlowLabel.Liquidation;
        }

        bool IsParty(Address account) => account == sender || account == bot;
        var component = new FlowComponent(moves, IsParty);
        var (given, received) = (nets.Where(static net => net.Amount.Sign < 0).ToList(), nets.Where(static net => net.Amount.Sign > 0).ToList());
        bool isMint = given.Count > 0 && received.Exists(net => IsCreated(moves, net.Token, IsParty));
        if (isMint || (received.Count > 0 && given.Exists(net => IsDestroyed(moves, net.Token, IsParty))))
        {
            return isMint ? FlowLabel.Mint : FlowLabel.Burn;
        }

        if (HasWalletTrade(flows, IsParty))
        {
            return FlowLabel.Swap;
        }

        if (component.Returns && given.Count == 0 && received.Count == 1 && flows.SwapCount > 1)
        {
            // Ether that is not seen may be what was given.
            return flows.HasInnerEther || (!flows.HasValue && component.IsOfContracts(flows)) ? FlowLabel.Arbitrage : FlowLabel.Unknown;
        }

        if (given.Count == 1 && received.Count == 1 && component.Gives(given[0].Token) && component.Receives(received[0].Token))
        {
            return FlowLabel.Swap;
        }

        bool isOneWay = flows.SwapCount == 0 && (given.Count == 0 || received.Count == 0) && given.Count + received.Count <= 1;
        return isOneWay && moves.Select(static move => move.Token).Distinct().Count() == 1 ? FlowLabel.Transfer : FlowLabel.Unknown;
    }

    /// <summary>A contract that both receives one token and gives another one exchanges.</summary>
    private static bool IsPool(TransactionFlows flows, Address account)
    {
        var nets = Nets(flows.Moves, one => one == account);
        return flows.IsEmitter(account) && nets.Any(static net => net.Amount.Sign < 0) && nets.Any(static net => net.Amount.Sign > 0);
    }

    /// <summary>A wallet, which emits no event, that gave one token and received another one.</summary>
    private static bool HasWalletTrade(TransactionFlows flows, Func<Address, bool> isParty)
    {
        var wallets = new SortedSet<Address>(flows.Moves.Select(static move => move.From).Where(account => !account.IsZero && !isParty(account) && !flows.IsEmitter(account)));
        int budget = TransactionFlows.MaxMoves; // a settlement has few wallets, each of which costs a pass over the movements
        foreach (var wallet in wallets)
        {
            budget -= 1 + (flows.Moves.Count / 16);
            if (budget < 0)
            {
                return false;
            }

            var nets = Nets(flows.Moves, account => account == wallet);
            if (nets.Any(static net => net.Amount.Sign < 0) && nets.Any(static net => net.Amount.Sign > 0))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsCreated(IReadOnlyList<TokenMove> moves, Address token, Func<Address, bool> isParty) =>
        moves.Any(move => move.Token == token && !token.IsZero && move.From.IsZero && isParty(move.To));

    private static bool IsDestroyed(IReadOnlyList<TokenMove> moves, Address token, Func<Address, bool> isParty) =>
        moves.Any(move => move.Token == token && !token.IsZero && move.To.IsZero && !move.From.IsZero) && moves.Any(move => move.Token == token && isParty(move.From));

    private static IReadOnlyList<TokenNet> Nets(IReadOnlyList<TokenMove> moves, Func<Address, bool> isMember)
    {
        var sums = new SortedDictionary<Address, BigInteger>();
        foreach (var move in moves)
        {
            Add(sums, move, isMember(move.From) ? -1 : 0);
            Add(sums, move, isMember(move.To) ? 1 : 0);
        }

        return [.. sums.Where(static sum => !sum.Value.IsZero).Select(static sum => new TokenNet(sum.Key, sum.Value))];
    }

    private static void Add(SortedDictionary<Address, BigInteger> sums, in TokenMove move, int sign)
    {
        if (sign != 0)
        {
            Span<byte> bytes = stackalloc byte[UInt256.Size]; // a constant 32
            move.Amount.WriteBigEndian(bytes);
            var amount = new BigInteger(bytes, isUnsigned: true, isBigEndian: true) * sign;
            sums[move.Token] = sums.TryGetValue(move.Token, out var before) ? before + amount : amount;
        }
    }
}
