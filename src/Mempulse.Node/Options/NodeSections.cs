using Mempulse.Api.Serving;
using Mempulse.Folding.Live;
using Mempulse.Grains.Hosting;
using Mempulse.Grains.Ingest;
using Mempulse.Grains.Logs;
using Mempulse.Grains.Simulations;
using Microsoft.Extensions.Options;

namespace Mempulse.Node.Options;

/// <summary>Binds the options of the silo to their sections of the configuration.</summary>
internal static class NodeSections
{
    /// <summary>Options that the node sets itself, or that are not settings: a value in the configuration would be ignored or not validated.</summary>
    private static readonly string[] _notSettings =
    [
        "Log:Chains", "Log:Directory", "Log:Writer", "Log:Fold", "Log:FoldByChain", "Log:Files",
        "Lanes:Lanes", "Lanes:RecentBodies", "Lanes:Host", "Lanes:SenderRecovery",
        "Simulation:States", "Simulation:Limits",
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

    /// <summary>The binder's message about an unknown key, or about a value that it cannot convert.</summary>
    public static string Sentence(InvalidOperationException unbound) => $"The configuration is not valid: {unbound.Message}";

    private static void Bind<T>(IServiceCollection services, string section)
        where T : class =>
        services.AddOptions<T>().BindConfiguration(section, binder => binder.ErrorOnUnknownConfiguration = true);
}
