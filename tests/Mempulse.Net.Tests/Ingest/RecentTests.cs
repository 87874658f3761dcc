using CsCheck;
using Mempulse.Net.Ingest;

namespace Mempulse.Net.Tests.Ingest;

/// <summary>What is remembered: at least half of the capacity, at most all of it, for ever.</summary>
public sealed class RecentTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(8)]
    [InlineData(9)]
    public void At_least_half_of_the_capacity_and_never_more_than_all_of_it_is_remembered(int capacity)
    {
        var set = new RecentSet<int>(capacity);
        var map = new RecentMap<int, int>(capacity);
        for (int i = 0; i < 10 * capacity; i++)
        {
            Assert.True(set.Add(i));
            map.Set(i, -i);
            var inSet = Enumerable.Range(0, i + 1).Where(set.Contains).ToList();
            var inMap = Enumerable.Range(0, i + 1).Where(key => map.TryGet(key, out int value) && value == -key).ToList();

            Assert.Equal(inSet, inMap);
            Assert.InRange(inSet.Count, Math.Min(i + 1, capacity / 2), capacity);
            Assert.Equal(Enumerable.Range(i + 1 - inSet.Count, inSet.Count), inSet);
        }
    }

    [Fact]
    public void What_is_remembered_is_not_added_again_and_what_is_forgotten_is_whichever_generation_it_is_in() => Gen.Select(Gen.Int[0, 12], Gen.Int[0, 2]).Array[0, 200].Sample(steps =>
    {
        var set = new RecentSet<int>(6);
        var map = new RecentMap<int, int>(6);
        int value = 0;
        foreach (var (key, step) in steps)
        {
            bool wasInSet = set.Contains(key);
            bool wasInMap = map.TryGet(key, out int before);
            switch (step)
            {
                case 0:
                    Assert.Equal(!wasInSet, set.Add(key));
                    Assert.True(set.Contains(key));
                    map.Set(key, ++value);
                    Assert.True(map.TryGet(key, out int now) && now == value);
                    break;
                case 1:
                    Assert.Equal(wasInSet, set.Remove(key));
                    Assert.Equal(wasInMap, map.TryTake(key, out int taken));
                    Assert.Equal(before, taken);
                    Assert.False(set.Contains(key) || map.TryGet(key, out _));
                    break;
                default:
                    break;
            }
        }
    });

    [Fact]
    public void An_older_value_does_not_come_back_after_a_newer_one_was_taken()
    {
        var map = new RecentMap<int, string>(4);
        map.Set(1, "old");
        map.Set(2, "fills the generation");
        map.Set(1, "new");

        Assert.True(map.TryTake(1, out string? taken));
        Assert.Equal(("new", false), (taken, map.TryGet(1, out _)));
    }
}
