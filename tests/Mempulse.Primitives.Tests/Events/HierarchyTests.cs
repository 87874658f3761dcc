using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;

namespace Mempulse.Primitives.Tests.Events;

/// <summary>The hierarchy is closed: one sealed case for each kind, and no case outside.</summary>
public sealed class HierarchyTests
{
    private static readonly Type[] Cases = [.. typeof(LogEvent).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(LogEvent)))];

    [Fact]
    public void Every_case_is_sealed_and_nested() =>
        Assert.All(Cases, type => Assert.True(type.IsSealed && type.DeclaringType == typeof(LogEvent), type.Name));

    [Fact]
    public void Every_kind_has_a_case_of_its_name_and_every_case_a_kind() =>
        Assert.Equal(
            Enum.GetNames<EventKind>().Where(name => name != nameof(EventKind.None)).Order(StringComparer.Ordinal),
            Cases.Select(type => type.Name).Order(StringComparer.Ordinal));

    [Fact]
    public void Every_case_is_decoded_to_itself() => Assert.All(Samples.All, sample =>
    {
        var read = EncodedEvent.Decode(EncodedEvent.Record(sample))!;

        Assert.IsType(sample.GetType(), read);
        Assert.Equal(sample.GetType().Name, read.Kind.ToString());
    });

    [Fact]
    public void Samples_hold_every_case() =>
        Assert.Equal(Cases.Select(type => type.Name).Order(StringComparer.Ordinal), Samples.All.Select(sample => sample.GetType().Name).Distinct().Order(StringComparer.Ordinal));
}
