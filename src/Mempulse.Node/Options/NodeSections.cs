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
    /// <summary>Binds them; options set later in code take precedence.</summary>
    public static void Bind(IServiceCollection services)
    {
        Bind<LogHostOptions>(services, MempulseSilo.LogSection);
        Bind<FoldOptions>(services, MempulseSilo.FoldSection);
        Bind<IngestHostOptions>(services, MempulseSilo.LanesSection);
        Bind<SimHostOptions>(services, MempulseSilo.SimulationSection);
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
