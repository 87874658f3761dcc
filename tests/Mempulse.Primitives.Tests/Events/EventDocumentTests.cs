using System.Globalization;
using System.Text.RegularExpressions;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Json;
using Mempulse.Primitives.Records;

namespace Mempulse.Primitives.Tests.Events;

/// <summary>docs/formats/events.md and the catalog have the same kinds, numbers, keys and fields.</summary>
public sealed partial class EventDocumentTests
{
    private static readonly string Document = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "events.md"));

    private static readonly IReadOnlyList<Match> Sections = [.. Section().Matches(Document).Cast<Match>()];

    public static TheoryData<string> Names => [.. EventCatalog.Core.Types.Select(type => type.Name)];

    [Fact]
    public void Every_kind_is_documented_with_its_number_and_every_documented_one_exists() => Assert.Equal(
        EventCatalog.Core.Types.Select(type => (type.Name, (int)type.Kind)),
        Sections.Select(section => (section.Groups["name"].Value, int.Parse(section.Groups["number"].ValueSpan, CultureInfo.InvariantCulture))));

    [Theory]
    [MemberData(nameof(Names))]
    public void The_fields_of_a_kind_are_documented_by_key_and_name(string name)
    {
        var documented = FieldsIn(SectionOf(name));

        // Tuples of EIP-7702 are documented once, where they first appear.
        var written = FieldNames.Of(SamplesOf(name)).Where(field => field.List != "transactions.authorizations");

        Assert.Equal(written, documented);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_keys_of_a_kind_are_documented(string name)
    {
        string keys = Parenthesis().Replace(Keys().Match(SectionOf(name)).Groups[1].Value, string.Empty);
        var present = Enum.GetValues<KeyKind>().Where(kind => SamplesOf(name).Any(sample => sample.Keys.TryGet(kind, out _))).Select(EventJson.NameOf);

        var documented = Enum.GetValues<KeyKind>().Select(EventJson.NameOf).Where(key => Regex.IsMatch(keys, $@"\b{key}\b"));

        Assert.Equal(present, documented);
    }

    private static IEnumerable<LogEvent> SamplesOf(string name) => Samples.All.Where(sample => EventCatalog.Core.NameOf(sample.Kind) == name);

    private static string SectionOf(string name) => Sections.Single(section => section.Groups["name"].Value == name).Groups["text"].Value;

    /// <summary>The named rows of the tables of a section; a table after "An item of `x`" is of that list.</summary>
    private static SortedSet<(string List, int Key, string Name)> FieldsIn(string section)
    {
        var fields = new SortedSet<(string, int, string)>();
        string list = string.Empty;
        foreach (string line in section.Split('\n'))
        {
            list = Item().Match(line) is { Success: true } item ? item.Groups[1].Value : list;
            if (Row().Match(line) is { Success: true } row)
            {
                Assert.True(fields.Add((list, int.Parse(row.Groups[1].ValueSpan, CultureInfo.InvariantCulture), row.Groups[2].Value)), line);
            }
        }

        return fields;
    }

    [GeneratedRegex(@"^### (?<name>\w+) \((?<number>\d+)\)$(?<text>[\s\S]*?)(?=^##|\z)", RegexOptions.Multiline)]
    private static partial Regex Section();

    [GeneratedRegex(@"Keys: (.*)\.$", RegexOptions.Multiline)]
    private static partial Regex Keys();

    [GeneratedRegex(@"\([^)]*\)")]
    private static partial Regex Parenthesis();

    [GeneratedRegex(@"^An item of `([\w.]+)`:$")]
    private static partial Regex Item();

    [GeneratedRegex(@"^\| (\d+) \| `(\w+)` \|")]
    private static partial Regex Row();
}
