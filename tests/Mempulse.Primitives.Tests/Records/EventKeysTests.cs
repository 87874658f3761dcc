using CsCheck;
using Mempulse.Primitives.Records;
using Mempulse.Primitives.Tests.Events;

namespace Mempulse.Primitives.Tests.Records;

/// <summary>Keys of a record: at most one of each kind.</summary>
public sealed class EventKeysTests
{
    private static readonly Gen<EventKey> Key = Gen.OneOf(
        Gen.Select(Gen.Int[0, EventKeys.KindCount - 1].Where(kind => kind != (int)KeyKind.Sender).Select(kind => (KeyKind)kind), EventGen.Hash, (kind, hash) => new EventKey(kind, hash)),
        EventGen.Account.Select(EventKey.Sender));

    [Fact]
    public void The_number_of_kinds_fits_the_layout() =>
        Assert.Equal(Enumerable.Range(0, EventKeys.KindCount), Enum.GetValues<KeyKind>().Select(kind => (int)kind));

    [Fact]
    public void The_last_key_of_a_kind_wins() => Key.Array[0, 12].Sample(keys =>
    {
        var all = EventKeys.Of(keys);

        foreach (var kind in Enum.GetValues<KeyKind>())
        {
            bool present = Array.Exists(keys, key => key.Kind == kind);
            Assert.Equal(present, all.TryGet(kind, out var value));
            Assert.Equal(present ? Array.FindLast(keys, key => key.Kind == kind).Value : default, value);
        }

        Assert.Equal(keys.Select(key => key.Kind).Distinct().Sum(EventKeys.SizeOf), all.SizeBytes);
    });

    [Fact]
    public void Equality_is_by_content() => Gen.Select(Key, Key).Sample((left, right) =>
    {
        var forward = EventKeys.Of(left, right);
        var backward = EventKeys.Of(right, left);

        bool sameKindOtherValue = left.Kind == right.Kind && left != right;
        Assert.Equal(!sameKindOtherValue, forward == backward);
        Assert.True(forward != EventKeys.None);
        Assert.Equal(forward.GetHashCode(), EventKeys.Of(left, right).GetHashCode());
    });

    [Fact]
    public void An_address_survives_its_key() => EventGen.Account.Sample(address => Assert.Equal(address, EventKey.Sender(address).ToAddress()));
}
