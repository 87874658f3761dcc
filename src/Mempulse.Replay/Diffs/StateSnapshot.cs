using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Replay.Views;

namespace Mempulse.Replay.Diffs;

/// <summary>The state of every transaction in the fold at one position. Costs about 40 bytes for each.</summary>
public sealed class StateSnapshot
{
    private readonly IReadOnlyList<TxStanding> _standings;

    internal StateSnapshot(GlobalSeq at, StateDigest digest, ChainHead? head, IReadOnlyList<TxStanding> standings)
    {
        At = at;
        Digest = digest;
        Head = head;
        _standings = standings;
        var counts = new long[(int)TxState.Left + 1];
        foreach (var standing in standings)
        {
            counts[(int)standing.State]++;
        }

        TxsByState = counts;
    }

    /// <summary>The position.</summary>
    public GlobalSeq At { get; }

    /// <summary>The state digest there.</summary>
    public StateDigest Digest { get; }

    /// <summary>The canonical head there; null before the first block.</summary>
    public ChainHead? Head { get; }

    /// <summary>Number of transactions in each state, indexed by the state's number.</summary>
    public IReadOnlyList<long> TxsByState { get; }

    /// <summary>All transactions, in ascending order of hash.</summary>
    public IReadOnlyList<TxStanding> Standings => _standings;
}
