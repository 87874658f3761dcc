using System.ComponentModel.DataAnnotations;
using Mempulse.Net.Ingest;

namespace Mempulse.Node.Options;

/// <summary>Reads the options that stand in the configuration; the command line goes over them.</summary>
internal static class NodeConfiguration
{
    private const string Section = "Mempulse";

    /// <summary>The options of the section Mempulse: Data, Capture, Speed, Pending, Reconcile, Chain, Rpc and StateRpc (lists), Chains (a list of Id and Rpc), P2p, Log, Ingest and Simulation (sections).</summary>
    /// <exception cref="NodeUsageException">A key is not known, or a value cannot be understood.</exception>
    public static NodeOptions Read(IConfiguration configuration)
    {
        var options = new NodeOptions();
        var chains = new List<ChainInput>();
        foreach (var entry in configuration.GetSection(Section).GetChildren())
        {
            options = entry.Key.ToUpperInvariant() switch
            {
                "DATA" => options with { Directory = OptionText.Directory(entry.Value ?? string.Empty) },
                "CAPTURE" => options with { Capture = OptionText.ExistingFile(entry.Value ?? string.Empty) },
                "SPEED" => options with { Pace = OptionText.Pace(entry.Value ?? string.Empty) },
                "PENDING" => options with { Pending = OptionText.Pending(entry.Value ?? string.Empty) },
                "RECONCILE" => options with { ReconcileInterval = OptionText.Seconds(entry.Value ?? string.Empty) },
                "LOG" => options with { Log = ReadSection<LogSettings>(entry) },
                "INGEST" => options with { Ingest = ReadSection<IngestPipelineOptions>(entry) },
                "P2P" => options with { P2p = ReadSection<PeerSettings>(entry) },
                "SIMULATION" => options with { Simulation = ReadSection<SimulationSettings>(entry) },
                "RPC" or "CHAIN" or "CHAINS" or "STATERPC" => options,
                _ => throw new NodeUsageException($"The configuration key {Section}:{entry.Key} is not known."),
            };
        }

        Add(chains, configuration[$"{Section}:Chain"] ?? "1", configuration.GetSection($"{Section}:Rpc"));
        foreach (var chain in configuration.GetSection($"{Section}:Chains").GetChildren())
        {
            Add(chains, chain["Id"] ?? string.Empty, chain.GetSection("Rpc"));
        }

        var states = new List<ChainInput>();
        Add(states, configuration[$"{Section}:Chain"] ?? "1", configuration.GetSection($"{Section}:StateRpc"));
        return options with { Chains = chains, StateSources = states };
    }

    private static T ReadSection<T>(IConfigurationSection section)
        where T : class, new()
    {
        try
        {
            var options = section.Get<T>(binder => binder.ErrorOnUnknownConfiguration = true) ?? new T();
            Validator.ValidateObject(options, new ValidationContext(options), validateAllProperties: true);
            (options as IngestPipelineOptions)?.Validate();
            return options;
        }
        catch (Exception unfit) when (unfit is InvalidOperationException or ValidationException)
        {
            throw new NodeUsageException($"The configuration section {section.Path} cannot be taken: {unfit.Message}", unfit);
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
