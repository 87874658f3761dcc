using Mempulse.Primitives.Events;

namespace Mempulse.Replay.Diffs;

/// <summary>What changed between two positions of one log.</summary>
/// <remarks>Counting walks over both snapshots once. Bounded by the size of the two states.</remarks>
public sealed class StateDiff
{
    /// <summary>Compares two snapshots.</summary>
    public StateDiff(StateSnapshot before, StateSnapshot after)
    {
        Before = before;
        After = after;
        foreach (var difference in All())
        {
            Added += difference.Before == TxState.Unknown ? 1 : 0;
            Removed += difference.After == TxState.Unknown ? 1 : 0;
            Changed += difference.Before != TxState.Unknown && difference.After != TxState.Unknown ? 1 : 0;
        }
    }

    /// <summary>The earlier state.</summary>
    public StateSnapshot Before { get; }

    /// <summary>The later state.</summary>
    public StateSnapshot After { get; }

    /// <summary>Transactions that only the later state holds.</summary>
    public int Added { get; }

    /// <summary>Transactions that only the earlier state holds: they settled and left.</summary>
    public int Removed { get; }

    /// <summary>Transactions that both states hold, with different states.</summary>
    public int Changed { get; }

    /// <summary>Every difference in ascending order of hash, computed lazily.</summary>
    public IEnumerable<TxDifference> All()
    {
        var left = Before.Standings;
        var right = After.Standings;
        for (int i = 0, j = 0; i < left.Count || j < right.Count;)
        {
            int order = i == left.Count ? 1 : j == right.Count ? -1 : left[i].Hash.CompareTo(right[j].Hash);
            var was = order <= 0 ? left[i++] : default;
            var now = order >= 0 ? right[j++] : default;
            if (was.State != now.State)
            {
                yield return new TxDifference(order <= 0 ? was.Hash : now.Hash, was.State, now.State);
            }
        }
    }
}
