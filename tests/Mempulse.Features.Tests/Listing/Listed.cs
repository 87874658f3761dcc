using Mempulse.Features.Listing;
using Mempulse.Features.Scoring;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Listing;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Features.Tests.Listing;

/// <summary>Lists of the waiting transactions of a story.</summary>
internal static class Listed
{
    public static TxList Of(Scenario story, TxList? before = null)
    {
        var walk = new ListWalk(RankProfile.Default, before ?? TxList.Empty);
        while (walk.Continue(story.Engine))
        {
        }

        return walk.End(story.Engine);
    }

    public static ListedTx Row(TxList list, string tx) => list.Find(Named.Tx(tx)) ?? throw new InvalidOperationException($"{tx} is not listed.");

    public static ListPage Page(TxList list, TxSort sort, SortOrder order = SortOrder.Descending, ListFilter? filter = null, ListKey? after = null, int limit = 100) =>
        ListPage.Of(list, filter ?? new ListFilter(), sort, order, after, limit);

    /// <summary>A source says its name.</summary>
    public static Scenario Connect(this Scenario story, string source) =>
        story.Fact(new LogEvent.SourceConnected(source, "scenario", "ws://127.0.0.1", Scenario.Chain, "geth", IsSynthetic: false), source);

    /// <summary>The names of rows, among those of a story.</summary>
    public static string[] Names(IEnumerable<ListedTx> rows, params string[] names) => [.. rows.Select(row => names.First(name => Named.Tx(name) == row.Hash))];

    public static Hash256[] Hashes(IEnumerable<ListedTx> rows) => [.. rows.Select(static row => row.Hash)];
}
