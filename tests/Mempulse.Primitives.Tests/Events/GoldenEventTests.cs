using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;

namespace Mempulse.Primitives.Tests.Events;

/// <summary>Golden/events-v1.txt pins the bytes of every kind and version: whatever was written decodes forever.</summary>
/// <remarks>A line is the sample's index, kind, version and record in hex. Lines are only ever added.</remarks>
public sealed class GoldenEventTests
{
    private static readonly RecordMeta Fact = RecordMeta.Fact(LaneId.Of("golden"), 1, new UnixNanoseconds(1_746_612_311_000_000_000), SourceId.Of("alpha"));

    private static readonly RecordMeta Derived = RecordMeta.Derived(LaneId.Of("fold"), new GlobalSeq(77), 3, Fact.Timestamp);

    private static readonly string[][] Lines =
        [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Golden", "events-v1.txt")).Where(line => line[0] != '#').Select(line => line.Split(' '))];

    public static TheoryData<int> Indexes => [.. Enumerable.Range(0, Samples.All.Count)];

    [Theory]
    [MemberData(nameof(Indexes))]
    public void The_bytes_of_a_sample_match_the_golden_file(int index)
    {
        string expected = LineOf(index);

        Assert.True(index < Lines.Length, $"Golden/events-v1.txt needs this line:\n{expected}");
        Assert.Equal(expected, string.Join(' ', Lines[index]));
    }

    [Theory]
    [MemberData(nameof(Indexes))]
    public void The_golden_bytes_decode_to_the_sample(int index)
    {
        byte[] golden = Convert.FromHexString(Lines[index][3]);

        var read = LogEvent.Decode(new RecordView(new GlobalSeq(1), golden))!;

        Assert.Equal(golden, EncodedEvent.Record(read, MetaOf(read)));
        Assert.IsType(Samples.All[index].GetType(), read);
    }

    [Fact]
    public void Every_kind_has_a_golden_line() =>
        Assert.Equal(
            EventCatalog.Core.Types.Select(type => type.Name).Order(StringComparer.Ordinal),
            Lines.Select(line => line[1]).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void No_golden_line_was_removed() => Assert.Equal(Samples.All.Count, Lines.Length);

    private static string LineOf(int index)
    {
        var sample = Samples.All[index];
        return $"{index} {EventCatalog.Core.NameOf(sample.Kind)} 1 {Convert.ToHexStringLower(EncodedEvent.Record(sample, MetaOf(sample)))}";
    }

    /// <summary>Events of the lifecycle, of opportunities and of outcomes are derived, all others facts.</summary>
    private static RecordMeta MetaOf(LogEvent logEvent) => (int)logEvent.Kind is (>= 32 and < 64) or 89 or 90 ? Derived : Fact;
}
