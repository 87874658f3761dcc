using CsCheck;
using Mempulse.Primitives;
using Mempulse.Replay.Lookups;

namespace Mempulse.Replay.Tests.Lookups;

public sealed class LookupTableTests
{
    /// <summary>Few distinct hashes, so that clusters form and wrap around.</summary>
    private readonly record struct CrowdedKey(int Value) : IComparable<CrowdedKey>
    {
        public int CompareTo(CrowdedKey other) => Value.CompareTo(other.Value);

        public override int GetHashCode() => -(Value % 3);
    }

    private sealed record Item<TKey>(TKey Key, string Text) : IKeyed<TKey>
        where TKey : struct;

    [Fact]
    public void Behaves_like_a_sorted_dictionary_under_any_sequence_of_changes() =>
        Gen.Select(Gen.Int[0, 60], Gen.Bool).Array[0, 300].Sample(static steps =>
        {
            var table = new LookupTable<CrowdedKey, Item<CrowdedKey>>();
            var model = new SortedDictionary<int, string>();
            foreach (var (key, isAdded) in steps)
            {
                if (!isAdded)
                {
                    Assert.Equal(model.Remove(key), table.Remove(new CrowdedKey(key)));
                }
                else if (!model.ContainsKey(key))
                {
                    model.Add(key, $"value {key}");
                    table.Add(new Item<CrowdedKey>(new CrowdedKey(key), $"value {key}"));
                }

                for (int probe = 0; probe <= 60; probe++)
                {
                    bool isThere = table.TryGet(new CrowdedKey(probe), out var item);
                    Assert.Equal(model.TryGetValue(probe, out string? expected), isThere);
                    Assert.Equal(expected, item?.Text);
                }
            }

            Assert.Equal(model.Values, table.SortedByKey().Select(item => item.Text));
            Assert.Equal(model.Count, table.Count);
        });

    [Fact]
    public void A_key_is_added_once()
    {
        var table = new LookupTable<Address, Item<Address>>();
        table.Add(new Item<Address>(Address.Zero, "first"));

        Assert.Throws<ArgumentException>(() => table.Add(new Item<Address>(Address.Zero, "second")));
    }
}
