using Mempulse.Grains.Abstractions.Replays;
using Mempulse.Primitives;

namespace Mempulse.Dashboard.Screens.Replays;

/// <summary>An entry that differs between two states, with its rows.</summary>
/// <param name="Kind">tx, sender, block, opp, bundle or counters.</param>
/// <param name="Id">Its hash or account; empty for the counters.</param>
/// <param name="By">The first events that name it.</param>
/// <param name="More">Number of further events that name it.</param>
/// <param name="Rows">Its fields.</param>
internal sealed record DiffGroup(string Kind, string Id, IReadOnlyList<GlobalSeq> By, int More, IReadOnlyList<DiffRow> Rows)
{
    /// <summary>Rows of all groups together at most, so that the page stays small.</summary>
    public const int MaxRows = 120;

    /// <summary>The kinds of entries, in the order of their buttons.</summary>
    public static IReadOnlyList<string> Kinds { get; } = ["tx", "sender", "block", "opp", "bundle", "counters"];

    /// <summary>The groups that are shown: the divergence, the counters, then the others in the order of the log.</summary>
    /// <param name="changes">The entries that differ.</param>
    /// <param name="found">The first divergence; null for none.</param>
    /// <param name="about">What that event is about; null for nothing.</param>
    /// <param name="shows">Tells which kinds are shown.</param>
    public static IReadOnlyList<DiffGroup> Of(IReadOnlyList<ChangedEntry> changes, ReplayedDifference? found, EventLine? about, Func<string, bool> shows)
    {
        List<DiffGroup> groups = [];
        int rows = 0;
        if (found is not null && about is not null && about.About.Length > 0)
        {
            groups.Add(new DiffGroup(about.Kind, about.About, [found.Seq], 0, [new DiffRow('!', $"{found.Field}, logged", string.Empty, found.Actual), new DiffRow('=', $"{found.Field}, replayed", string.Empty, found.Expected)]));
        }

        foreach (var change in changes.Where(change => shows(change.Kind)))
        {
            if (rows >= MaxRows)
            {
                break;
            }

            groups.Add(new DiffGroup(change.Kind, change.Id, change.By, change.Events - change.By.Count, [.. change.Fields.Take(MaxRows - rows).Select(DiffRow.Of)]));
            rows += change.Fields.Count;
        }

        return groups;
    }
}
