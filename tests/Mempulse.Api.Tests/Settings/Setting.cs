using System.Globalization;
using System.Reflection;
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

namespace Mempulse.Api.Tests.Settings;

/// <summary>A setting of a section, found by reflection over its options.</summary>
/// <param name="Name">Its key.</param>
/// <param name="Property">The property that it is bound to.</param>
/// <param name="Path">The properties from the options of the section to it.</param>
/// <param name="Section">The type of the options.</param>
/// <param name="Default">Its default.</param>
internal sealed record Setting(string Name, PropertyInfo Property, IReadOnlyList<PropertyInfo> Path, Type Section, object? Default)
{
    /// <summary>Options that the node sets itself.</summary>
    private static readonly string[] _notSettings = ["Mempulse:Log:Directory", "Mempulse:Log:Writer", "Mempulse:Lanes:Host", "Mempulse:Lanes:RecentBodies", "Mempulse:Lanes:SenderRecovery"];

    private static readonly (string Name, object Defaults)[] _sections =
    [
        (MempulseSilo.LogSection, new LogHostOptions()), (MempulseSilo.FoldSection, new FoldOptions()), ("Mempulse:Ingest", new IngestPipelineOptions()), (MempulseSilo.LanesSection, new IngestHostOptions()),
        (MempulseSilo.SimulationSection, new SimHostOptions()), (MempulseSilo.RulesSection, new RulesOptions()), (MempulseSilo.BookSection, new BookWatchOptions()), (MempulseSilo.BundlesSection, new BundleOptions()), (MempulseSilo.RelayDataSection, new RelayDataOptions()), ("Mempulse:Operator", new OperatorSettings()), ("Mempulse:Relays:0", new RelaySettings()), (MempulseSilo.RankSection, new RankOptions()), (MempulseSilo.TracesSection, new TraceOptions()), (ServingSetup.Section, new ServingOptions()), ($"{ServingSetup.Section}:Keys:0", new ApiKey()), ("Mempulse:Pools:0", new PoolSettings()), ("Mempulse:P2p", new PeerSettings()),
    ];

    public static IReadOnlyList<Setting> All { get; } = [.. _sections.SelectMany(section => Of(section.Name, section.Defaults, [], section.Defaults.GetType()))];

    /// <summary>Another value than the default that is valid, as in a configuration; null where no rule says which there are.</summary>
    public string? Other
    {
        get
        {
            var type = Nullable.GetUnderlyingType(Property.PropertyType) ?? Property.PropertyType;
            return type.IsEnum ? Enum.GetNames(type).Last(name => name != Default!.ToString())
                : Default is TimeSpan time ? (time - TimeSpan.FromTicks(time.Ticks / 10)).ToString("c", CultureInfo.InvariantCulture)
                : Default is not null && type.IsPrimitive ? (Convert.ToInt64(Default, CultureInfo.InvariantCulture) + 1).ToString(CultureInfo.InvariantCulture)
                : null;
        }
    }

    /// <summary>Its value in options of its section.</summary>
    public object? ValueIn(object options) => Path.Aggregate((object?)options, static (owner, property) => property.GetValue(owner));

    /// <summary>The same as in a configuration.</summary>
    public string TextIn(object options) => ValueIn(options) switch
    {
        TimeSpan time => time.ToString("c", CultureInfo.InvariantCulture),
        var value => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static IEnumerable<Setting> Of(string section, object options, IReadOnlyList<PropertyInfo> path, Type root) => options.GetType()
        .GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Where(property => property.SetMethod is not null && !_notSettings.Contains($"{section}:{property.Name}"))
        .SelectMany(property => Of($"{section}:{property.Name}", property, options, path, root));

    private static IEnumerable<Setting> Of(string name, PropertyInfo property, object options, IReadOnlyList<PropertyInfo> path, Type root)
    {
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        object? value = property.GetValue(options);
        return type.Name.EndsWith("Options", StringComparison.Ordinal) ? Of(name, value!, [.. path, property], root)
            : type.IsPrimitive || type.IsEnum || type == typeof(TimeSpan) || type == typeof(string) || type == typeof(IReadOnlyList<string>) || type == typeof(IReadOnlyList<ulong>) ? [new Setting(name, property, [.. path, property], root, value)]
            : [];
    }
}
