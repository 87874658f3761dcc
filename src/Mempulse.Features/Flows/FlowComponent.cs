using Mempulse.Primitives;

namespace Mempulse.Features.Flows;

/// <summary>The strongly connected component of a party in the graph of givers and receivers: those that it gave to, directly or not, and from which something came back.</summary>
internal sealed class FlowComponent
{
    private readonly List<TokenMove> _inside;
    private readonly Func<Address, bool> _isParty;

    public FlowComponent(IReadOnlyList<TokenMove> moves, Func<Address, bool> isParty)
    {
        _isParty = isParty;
        var reached = Reach(moves, isParty, static move => move.From, static move => move.To);
        var reaching = Reach(moves, isParty, static move => move.To, static move => move.From);
        _inside = [.. moves.Where(move => (isParty(move.From) || (reached.Contains(move.From) && reaching.Contains(move.From))) && (isParty(move.To) || (reached.Contains(move.To) && reaching.Contains(move.To))))];
    }

    /// <summary>True if anything that the party gave came back, as whatever token.</summary>
    public bool Returns => _inside.Exists(move => _isParty(move.From) && !_isParty(move.To));

    /// <summary>True if every other account of the component emitted an event, which wallets do not.</summary>
    public bool IsOfContracts(TransactionFlows flows) => _inside.TrueForAll(move => (_isParty(move.From) || flows.IsEmitter(move.From)) && (_isParty(move.To) || flows.IsEmitter(move.To)));

    /// <summary>True if the party gave a token into the component.</summary>
    public bool Gives(Address token) => _inside.Exists(move => move.Token == token && _isParty(move.From));

    /// <summary>True if the party received a token out of the component.</summary>
    public bool Receives(Address token) => _inside.Exists(move => move.Token == token && _isParty(move.To));

    /// <summary>The accounts on ways from the party. Nothing goes through the zero account, which creates and destroys tokens.</summary>
    private static SortedSet<Address> Reach(IReadOnlyList<TokenMove> moves, Func<Address, bool> isParty, Func<TokenMove, Address> from, Func<TokenMove, Address> to)
    {
        var next = moves.Where(move => !from(move).IsZero && !to(move).IsZero).OrderBy(from).ToArray();
        var starts = Array.ConvertAll(next, move => from(move));
        var reached = new SortedSet<Address>();
        var open = new Queue<Address>(starts.Where(isParty).Distinct());
        while (open.TryDequeue(out var account))
        {
            int first = Array.BinarySearch(starts, account);
            for (; first > 0 && starts[first - 1] == account; first--)
            {
            }

            for (int i = first; i >= 0 && i < next.Length && starts[i] == account; i++)
            {
                if (!isParty(to(next[i])) && reached.Add(to(next[i])))
                {
                    open.Enqueue(to(next[i]));
                }
            }
        }

        return reached;
    }
}
