using CsCheck;
using Mempulse.Replay.Entries;

namespace Mempulse.Replay.Tests.Entries;

public sealed class ArrivalListTests
{
    /// <summary>Three in four steps append; a removal takes the entry at a place among those present, often the oldest or the newest.</summary>
    [Fact]
    public void Behaves_like_a_list_under_any_sequence_of_changes() =>
        Gen.Select(Gen.Int[0, 7], Gen.OneOf(Gen.Const(0), Gen.Const(int.MaxValue), Gen.Int[0, 400])).Array[0, 600].Sample(static steps =>
        {
            var list = new ArrivalList<Item>();
            var model = new List<Item>();
            foreach (var (step, place) in steps)
            {
                if (step < 4 || model.Count == 0)
                {
                    var item = new Item();
                    list.Append(item);
                    model.Add(item);
                    Assert.Equal(list.LastOrdinal, item.ListOrdinal);
                }
                else
                {
                    var removed = model[Math.Min(place, model.Count - 1)];
                    model.Remove(removed);
                    list.Remove(removed);
                    Assert.Equal(0ul, removed.ListOrdinal);
                }

                AssertSame(model, list);
            }
        });

    [Fact]
    public void The_entries_after_any_ordinal_are_those_that_arrived_after_it() =>
        Gen.Select(Gen.Int[1, 200], Gen.Int[0, 199].Array[0, 150]).Sample(static (count, removed) =>
        {
            var list = new ArrivalList<Item>();
            var model = Enumerable.Range(0, count).Select(_ => new Item()).ToList();
            model.ForEach(list.Append);
            foreach (int place in removed.Where(place => place < model.Count && model.Count > 1))
            {
                list.Remove(model[place]);
                model.RemoveAt(place);
            }

            for (ulong ordinal = 0; ordinal < (ulong)count + 40; ordinal++)
            {
                var found = new List<Item>();
                for (var rest = list.After(ordinal); rest.MoveNext();)
                {
                    found.Add(rest.Current);
                }

                Assert.Equal(model.Where(item => item.ListOrdinal > ordinal), found);
            }
        });

    [Fact]
    public void Entries_restored_with_any_gaps_keep_their_order_and_can_be_removed() =>
        Gen.Select(Gen.ULong[1, 200], Gen.ULong[1, 1ul << 60]).Array[1, 50].Sample(static gaps =>
        {
            ulong ordinal = 0;
            var model = new List<Item>();
            foreach (var (near, far) in gaps)
            {
                ordinal += near % 7 == 0 && ordinal < 1ul << 62 ? far : near;
                model.Add(new Item { ListOrdinal = ordinal });
            }

            var list = new ArrivalList<Item>();
            list.Restore(Enumerable.Reverse(model), ordinal);
            AssertSame(model, list);
            while (model.Count > 0)
            {
                var removed = model[model.Count / 2];
                model.Remove(removed);
                list.Remove(removed);
                list.Append(removed);
                list.Remove(removed);
                AssertSame(model, list);
            }
        });

    [Fact]
    public void One_entry_that_stays_does_not_keep_the_memory_of_those_that_came_after_it()
    {
        var list = new ArrivalList<Item>();
        list.Append(new Item());
        for (int i = 0; i < 100_000; i++)
        {
            var passing = new Item();
            list.Append(passing);
            list.Remove(passing);
            Assert.InRange(list.ChunkCount, 1, 2);
        }
    }

    private static void AssertSame(List<Item> model, ArrivalList<Item> list)
    {
        Assert.Equal(model.Count, list.Count);
        Assert.Same(model.FirstOrDefault(), list.Oldest);
        Assert.InRange(list.ChunkCount, 0, model.Count + 1);
        int next = 0;
        foreach (var item in list)
        {
            Assert.Same(model[next++], item);
        }

        Assert.Equal(model.Count, next);
    }

    private sealed class Item : IListed
    {
        public ulong ListOrdinal { get; set; }
    }
}
