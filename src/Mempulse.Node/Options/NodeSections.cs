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
using Microsoft.Extensions.Options;

namespace Mempulse.Node.Options;

/// <summary>Binds the options of the silo to their sections of the configuration.</summary>
internal static partial class NodeSections
{
    /// <summary>Options that the node sets itself, or that are not settings: a value in the configuration would be ignored or not validated.</summary>
    private static readonly string[] _notSettings =
    [
        "Log:Chains", "Log:Directory", "Log:Writer", "Log:Fold", "Log:FoldByChain", "Log:Files", "Log:Registers",
        "Lanes:Lanes", "Lanes:RecentBodies", "Lanes:Host", "Lanes:SenderRecovery",
        "Simulation:States", "Simulation:Limits",
        "Bundles:Operator", "Bundles:Relays",
        "Traces:Collector",
    ];

    /// <summary>Refuses keys that would have no effect.</summary>
    /// <exception cref="NodeUsageException">The configuration has such a key.</exception>
    public static void ThrowIfNotSettings(IConfiguration configuration)
    {
        var root = configuration.GetSection(MempulseSilo.Section);
        if (Array.Find(_notSettings, name => root.GetSection(name).Exists()) is { } ignored)
        {
            throw NotSetting(root.GetSection(ignored).Path);
        }
    }

    /// <summary>The error of a key that is not a setting.</summary>
    public static NodeUsageException NotSetting(string key) => new($"'{key}' is not a valid configuration key: expected one of those in docs/configuration.md.");

    /// <summary>Binds them; options set later in code take precedence.</summary>
    public static void Bind(IServiceCollection services)
    {
        Bind<LogHostOptions>(services, MempulseSilo.LogSection);
        Bind<FoldOptions>(services, MempulseSilo.FoldSection);
        Bind<IngestHostOptions>(services, MempulseSilo.LanesSection);
        Bind<SimHostOptions>(services, MempulseSilo.SimulationSection);
        Bind<RulesOptions>(services, MempulseSilo.RulesSection);
        Bind<BookWatchOptions>(services, MempulseSilo.BookSection);
        Bind<BundleOptions>(services, MempulseSilo.BundlesSection);
        Bind<RelayDataOptions>(services, MempulseSilo.RelayDataSection);
        Bind<RankOptions>(services, MempulseSilo.RankSection);
        Bind<TraceOptions>(services, MempulseSilo.TracesSection);
        Bind<ServingOptions>(services, ServingSetup.Section);
    }

    /// <summary>Checks all options that are registered to be checked on start.</summary>
    /// <exception cref="NodeUsageException">The first that is not valid, in one sentence.</exception>
    public static void Check(IServiceProvider services)
    {
        try
        {
            services.GetService<IStartupValidator>()?.Validate();
        }
        catch (OptionsValidationException invalid)
        {
            throw new NodeUsageException(invalid.Failures.First(), invalid);
        }
        catch (AggregateException several) when (several.InnerException is OptionsValidationException first)
        {
            throw new NodeUsageException(first.Failures.First(), several);
        }
        catch (InvalidOperationException unbound)
        {
            throw new NodeUsageException(Sentence(unbound), unbound);
        }
    }

    /// <summary>Builds the node. Its server reads options while it is made, before any are checked.</summary>
    /// <exception cref="NodeUsageException">One that is not valid, in one sentence.</exception>
    public static WebApplication Build(WebApplicationBuilder builder)
    {
        try
        {
            return builder.Build();
        }
        catch (OptionsValidationException invalid)
        {
            throw new NodeUsageException(invalid.Failures.First(), invalid);
        }
        catch (InvalidOperationException unbound) when (TrySentence(unbound) is not null)
        {
            throw new NodeUsageException(TrySentence(unbound)!, unbound);
        }
    }

    /// <summary>The binder's message about an unknown key, or about a value that it cannot convert, without names of types.</summary>
    public static string Sentence(InvalidOperationException unbound) => TrySentence(unbound) ?? $"The configuration is not valid: {unbound.Message}";

    /// <summary>The same, or null if the exception is not about a setting.</summary>
    public static string? TrySentence(Exception failure) =>
        Unconverted().Match(failure.Message) is { Success: true } value ? $"'{value.Groups["value"].Value}' is not a valid {value.Groups["key"].Value}: expected {Expected(value.Groups["type"].Value)}."
        : Unknown().Match(failure.Message) is { Success: true } unknown ? NotSetting(unknown.Groups["key"].Value).Message
        : LogLevelOf().Match(failure.Message) is { Success: true } level ? $"'{level.Groups["value"].Value}' is not a valid Logging:LogLevel: expected {string.Join(", ", Enum.GetNames<LogLevel>())}."
        : null;

    private static string Expected(string type) => AppDomain.CurrentDomain.GetAssemblies().Select(assembly => assembly.GetType(type)).FirstOrDefault(found => found is not null) switch
    {
        { IsEnum: true } names => string.Join(", ", Enum.GetNames(names)),
        { } time when time == typeof(TimeSpan) => "a time such as 0:00:01",
        { } flag when flag == typeof(bool) => "true or false",
        { IsPrimitive: true } => "a number in range",
        _ => "another value",
    };

    [GeneratedRegex("^Failed to convert configuration value '(?<value>.*)' at '(?<key>[^']+)' to type '(?<type>[^']+)'", RegexOptions.ExplicitCapture | RegexOptions.Singleline)]
    private static partial Regex Unconverted();

    [GeneratedRegex("were not found on the instance of .*: '(?<key>[^']+)'", RegexOptions.ExplicitCapture | RegexOptions.Singleline)]
    private static partial Regex Unknown();

    [GeneratedRegex("^Configuration value '(?<value>.*)' is not supported", RegexOptions.ExplicitCapture | RegexOptions.Singleline)]
    private static partial Regex LogLevelOf();

    private static void Bind<T>(IServiceCollection services, string section)
        where T : class =>
        services.AddOptions<T>().BindConfiguration(section, binder => binder.ErrorOnUnknownConfiguration = true);
}
