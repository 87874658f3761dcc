using System.Reflection;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;

namespace Mempulse.Primitives.Tests.Events;

/// <summary>The core catalog lists every event of its assembly, and no catalog lists one twice.</summary>
public sealed class EventCatalogTests
{
    private static readonly Type[] Cases = [.. typeof(LogEvent).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(LogEvent)) && !type.IsAbstract)];

    private static readonly EventReader Read = static (in record, ref fields) => new LogEvent.ChainGap(default, default, fields.Text());

    private static readonly EventType Foreign = new((EventKind)1_000, "Foreign", Read);

    [Fact]
    public void Every_event_of_the_assembly_is_sealed_nested_and_listed_by_its_name_and_number() => Assert.Equal(
        Cases.Select(type => (type.Name, NumberOf(type), type.IsSealed, type.DeclaringType)).Order(),
        EventCatalog.Core.Types.Select(type => (type.Name, type.Kind, true, (Type?)typeof(LogEvent))).Order());

    [Fact]
    public void Every_event_is_decoded_to_itself() => Assert.All(Samples.All, sample =>
    {
        var read = EncodedEvent.Decode(EncodedEvent.Record(sample))!;

        Assert.IsType(sample.GetType(), read);
        Assert.Equal(sample.GetType().Name, EventCatalog.Core.NameOf(read.Kind));
    });

    [Fact]
    public void Samples_hold_every_event() =>
        Assert.Equal(Cases.Select(type => type.Name).Order(StringComparer.Ordinal), Samples.All.Select(sample => sample.GetType().Name).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void Kinds_are_listed_by_number_and_found_by_name_in_any_case()
    {
        var catalog = EventCatalog.Core.With(Foreign);

        Assert.Equal(catalog.Types.OrderBy(type => type.Kind), catalog.Types);
        Assert.True(catalog.TryFind("foreign", out var found));
        Assert.Same(Foreign, found);
        Assert.False(EventCatalog.Core.TryFind("Foreign", out _));
        Assert.Equal(("Foreign", "1000"), (catalog.NameOf(Foreign.Kind), EventCatalog.Core.NameOf(Foreign.Kind)));
    }

    [Theory]
    [InlineData(1, "Other")]
    [InlineData(1_000, "txseen")]
    public void A_number_or_name_in_use_is_refused(int number, string name) =>
        Assert.Throws<ArgumentException>(() => EventCatalog.Core.With(new EventType((EventKind)number, name, Read)));

    [Theory]
    [InlineData(0)]
    [InlineData(EventType.MaxNumber + 1)]
    public void A_number_out_of_range_is_refused(int number) =>
        Assert.Throws<ArgumentException>(() => new EventType((EventKind)number, "Other", Read));

    private static EventKind NumberOf(Type type) => (EventKind)(int)type.GetField("KindNumber", BindingFlags.Public | BindingFlags.Static)!.GetRawConstantValue()!;
}
