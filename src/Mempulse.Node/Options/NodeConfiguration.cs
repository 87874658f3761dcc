using Mempulse.Grains.Hosting;
using Mempulse.Net.Ingest;

namespace Mempulse.Node.Options;

/// <summary>Reads the options in the configuration, which the command line overrides.</summary>
internal static class NodeConfiguration
{
    /// <summary>A builder with the configuration of the node: appsettings.json beside the program, and the environment.</summary>
    /// <exception cref="NodeUsageException">A file is not JSON.</exception>
    public static WebApplicationBuilder CreateBuilder()
    {
        try
        {
            return WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        }
        catch (InvalidDataException invalid)
        {
            throw new NodeUsageException($"{invalid.Message} {Innermost(invalid).Message}", invalid);
        }
    }

    /// <summary>The options of the section Mempulse: Data, Capture, Speed, Pending, Reconcile, BlockLogs, Roles, ChainIds, LogChains, Chain, Rpc and StateRpc (lists), Chains (a list of Id and Rpc), Pools and Relays (lists), Ingest, Operator and P2p (sections). <see cref="NodeSections"/> binds the other sections.</summary>
    /// <exception cref="NodeUsageException">A key is unknown, or a value is not valid.</exception>
    public static NodeOptions Read(IConfiguration configuration)
    {
        var options = new NodeOptions();
        foreach (var entry in configuration.GetSection(MempulseSilo.Section).GetChildren())
        {
            options = entry.Key.ToUpperInvariant() switch
            {
                "DATA" => options with { Directory = OptionText.Directory(entry.Value ?? string.Empty) },
                "CAPTURE" => options with { Capture = OptionText.Capture(entry.Value ?? string.Empty) },
                "SPEED" => options with { Pace = OptionText.Pace(entry.Value ?? string.Empty) },
                "PENDING" => options with { Pending = OptionText.Pending(entry.Value ?? string.Empty) },
                "RECONCILE" => options with { ReconcileInterval = OptionText.Seconds(entry.Value ?? string.Empty) },
                "BLOCKLOGS" => options with { BlockLogs = OptionText.Logs(entry.Value ?? string.Empty) },
                "CHAINIDS" => options with { ChainIds = OptionText.Chains(entry.Value ?? string.Empty) },
                "LOGCHAINS" => options with { LogChains = OptionText.Chains(entry.Value ?? string.Empty) },
                "ROLES" => options with { Roles = OptionText.Roles(entry.Value ?? string.Empty) },
                "INGEST" => options with { Ingest = ReadSection<IngestPipelineOptions>(entry) },
                "POOLS" => options with { Pools = [.. entry.GetChildren().Select(static pool => ReadSection<PoolSettings>(pool))] },
                "OPERATOR" => options with { Operator = ReadSection<OperatorSettings>(entry) },
                "RELAYS" => options with { Relays = [.. entry.GetChildren().Select(static relay => ReadSection<RelaySettings>(relay))] },
                "P2P" => options with { P2p = ReadSection<PeerSettings>(entry) },
                "LOG" or "FOLD" or "LANES" or "SIMULATION" or "RULES" or "BOOK" or "BUNDLES" or "RELAYDATA" or "RANKING" or "TRACES" or "API" => options, // bound by NodeSections
                "RPC" or "CHAIN" or "CHAINS" or "STATERPC" => options,
                _ => throw NodeSections.NotSetting(entry.Path),
            };
        }

        NodeSections.ThrowIfNotSettings(configuration);
        if (options.Pools.GroupBy(static pool => pool.Chain).FirstOrDefault(static same => same.Count() > 1) is { } twice)
        {
            throw new NodeUsageException($"Chain {twice.Key} has {twice.Count()} entries in {MempulseSilo.Section}:Pools. Give it one.");
        }

        return WithChains(options, configuration) with { Cluster = ClusterSettings.Read(configuration) };
    }

    private static NodeOptions WithChains(NodeOptions options, IConfiguration configuration)
    {
        var chains = new List<ChainInput>();
        Add(chains, configuration[$"{MempulseSilo.Section}:Chain"] ?? "1", configuration.GetSection($"{MempulseSilo.Section}:Rpc"));
        foreach (var chain in configuration.GetSection($"{MempulseSilo.Section}:Chains").GetChildren())
        {
            Add(chains, chain["Id"] ?? string.Empty, chain.GetSection("Rpc"));
        }

        var states = new List<ChainInput>();
        Add(states, configuration[$"{MempulseSilo.Section}:Chain"] ?? "1", configuration.GetSection($"{MempulseSilo.Section}:StateRpc"));
        return options with { Chains = chains, StateSources = states };
    }

    private static Exception Innermost(Exception failure) => failure.InnerException is { } inner ? Innermost(inner) : failure;

    private static T ReadSection<T>(IConfigurationSection section)
        where T : class, new()
    {
        try
        {
            var options = section.Get<T>(binder => binder.ErrorOnUnknownConfiguration = true) ?? new T();
            return OptionsCheck.Problems(section.Path, options) is [var problem, ..] ? throw new NodeUsageException(problem) : options;
        }
        catch (InvalidOperationException unbound)
        {
            throw new NodeUsageException(NodeSections.Sentence(unbound), unbound);
        }
    }

    private static void Add(List<ChainInput> chains, string id, IConfigurationSection rpc)
    {
        var endpoints = rpc.GetChildren().Select(entry => OptionText.Endpoint(entry.Value ?? string.Empty)).ToList();
        if (endpoints.Count > 0)
        {
            chains.Add(new ChainInput(OptionText.Chain(id), endpoints));
        }
    }
}
