using Mempulse.Primitives;
using Mempulse.Primitives.Records;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Folding.Tests;

/// <summary>Facts as a lane appends them, from which events are derived.</summary>
internal static class Facts
{
    /// <summary>An epoch, pending transactions, blocks that include some of them, and a reorg that reopens one.</summary>
    public static EventBatch Short() => Of(new Scenario()
        .Arrives("a", "alice", 0).Arrives("b", "bob", 0).Arrives("c", "carol", 0)
        .Block("one", "a").Block("two", "b").Reorg("one").BlockOn("one", "other"));

    /// <summary>Some pending transactions after the start of an epoch: three records each, one of them derived.</summary>
    public static EventBatch Pending(int transactions)
    {
        var story = new Scenario();
        for (int i = 0; i < transactions; i++)
        {
            story.Arrives($"tx {i}", $"account {i}", 0);
        }

        return Of(story);
    }

    /// <summary>A part of a batch: so many records from an index on.</summary>
    public static EventBatch Part(EventBatch facts, int first, int count)
    {
        var part = new EventBatch(facts.Lane);
        var records = new RecordEnumerator(GlobalSeq.None.Next, facts.Records.Span);
        for (int i = 0; i < first + count && records.MoveNext(); i++)
        {
            if (i >= first)
            {
                part.AddCopy(records.Current, records.Current.Meta);
            }
        }

        return part;
    }

    private static EventBatch Of(Scenario story)
    {
        EventBatch? facts = null;
        for (ulong seq = 1; seq <= story.Log.Last.Value; seq++)
        {
            var record = story.Log.At(new GlobalSeq(seq));
            if (!record.IsDerived)
            {
                facts ??= new EventBatch(record.Lane);
                facts.AddCopy(record, record.Meta);
            }
        }

        return facts!;
    }
}
