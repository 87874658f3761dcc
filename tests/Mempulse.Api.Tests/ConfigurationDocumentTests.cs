using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Mempulse.Api.Serving;
using Mempulse.Folding.Live;
using Mempulse.Grains.Books;
using Mempulse.Grains.Bundles;
using Mempulse.Grains.Hosting;
using Mempulse.Grains.Ingest;
using Mempulse.Grains.Logs;
using Mempulse.Grains.Ranking;
using Mempulse.Grains.RelayData;
using Mempulse.Grains.Rules;
using Mempulse.Grains.Simulations;
using Mempulse.Grains.Traces;
using Mempulse.Net.Ingest;
using Mempulse.Node.Options;

namespace Mempulse.Api.Tests;

/// <summary>docs/configuration.md lists each setting, with the default and range that the code has.</summary>
public sealed partial class ConfigurationDocumentTests
{
    private static readonly (string Section, object Defaults)[] Sections =
    [
        (MempulseSilo.LogSection, new LogHostOptions()),
        (MempulseSilo.FoldSection, new FoldOptions()),
        ("Mempulse:Ingest", new IngestPipelineOptions()),
        (MempulseSilo.LanesSection, new IngestHostOptions()),
        (MempulseSilo.SimulationSection, new SimHostOptions()),
        (MempulseSilo.RulesSection, new RulesOptions()),
        (MempulseSilo.BookSection, new BookWatchOptions()),
        (MempulseSilo.BundlesSection, new BundleOptions()),
        ("Mempulse:Operator", new OperatorSettings()),
        ("Mempulse:Relays:0", new RelaySettings()),
        (MempulseSilo.RelayDataSection, new RelayDataOptions()),
        (MempulseSilo.RankSection, new RankOptions()),
        (MempulseSilo.TracesSection, new TraceOptions()),
        (ServingSetup.Section, new ServingOptions()),
        ($"{ServingSetup.Section}:Keys:0", new ApiKey()),
        ("Mempulse:Pools:0", new PoolSettings()),
        ("Mempulse:P2p", new PeerSettings()),
    ];

    [Fact]
    public void Every_setting_is_documented_with_its_default_and_range()
    {
        string document = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "configuration.md"));
        var documented = Row().Matches(document).Select(match => match.Groups[1].Value).ToList();
        var actual = Sections.SelectMany(section => Rows(section.Section, section.Defaults)).ToList();

        string differences = string.Join('\n', actual.Except(documented).Select(row => "+ " + row).Concat(documented.Except(actual).Select(row => "- " + row)));

        Assert.True(differences.Length == 0, $"Edit docs/configuration.md:\n{differences}");
    }

    private static IEnumerable<string> Rows(string section, object options) => options.GetType()
        .GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Where(property => property.SetMethod is not null)
        .SelectMany(property => Rows($"{section}:{property.Name}", property, options));

    private static IEnumerable<string> Rows(string name, PropertyInfo property, object options)
    {
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        object? value = property.GetValue(options);
        if (type.Name.EndsWith("Options", StringComparison.Ordinal))
        {
            return Rows(name, value!);
        }

        bool isSetting = type.IsPrimitive || type.IsEnum || type == typeof(TimeSpan) || IsText(type);
        return isSetting && !SetByTheHost.Contains(name) ? [$"`{name}` | {(name == DependsOnCores ? "cores - 1" : Text(value))} | {RangeOf(property, type)}"] : [];
    }

    private const string DependsOnCores = "Mempulse:Ingest:DecodeWorkers";

    /// <summary>Options of these types are set by the host, which overrides their values in the configuration.</summary>
    private static readonly string[] SetByTheHost =
        ["Mempulse:Log:Directory", "Mempulse:Log:Writer", "Mempulse:Lanes:Host", "Mempulse:Lanes:RecentBodies", "Mempulse:Lanes:SenderRecovery"];

    private static bool IsText(Type type) => type == typeof(string) || type == typeof(IReadOnlyList<string>) || type == typeof(IReadOnlyList<ulong>);

    private static string Text(object? value) => value switch
    {
        null or System.Collections.ICollection => "-",
        TimeSpan time => time.ToString("g", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static string RangeOf(PropertyInfo property, Type type)
    {
        if (property.GetCustomAttribute<RangeAttribute>() is not { } range)
        {
            return type.IsEnum ? string.Join(", ", Enum.GetNames(type)) : "-";
        }

        range.IsValid(property.PropertyType == typeof(TimeSpan) ? TimeSpan.Zero : 0); // converts the limits to the property's type
        return $"{Text(range.Minimum)} to {Text(range.Maximum)}";
    }

    [GeneratedRegex(@"^\| (`Mempulse(?::[A-Za-z0-9]+){2,}` \| [^|]+ \| [^|]+?) \|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
