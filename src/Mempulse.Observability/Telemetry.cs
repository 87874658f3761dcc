using Mempulse.Primitives;

namespace Mempulse.Observability;

/// <summary>Names of meters and activity sources, and the labels they share.</summary>
public static class Telemetry
{
    /// <summary>Prefix of all meters and activity sources of the project.</summary>
    public const string Prefix = "Mempulse";

    /// <summary>A pattern that matches all of the project's meters and activity sources.</summary>
    public const string All = Prefix + ".*";

    /// <summary>The label of the chain id.</summary>
    public const string ChainLabel = "chain";

    /// <summary>Sources of Orleans' own spans; without a listener for them no trace crosses a grain call.</summary>
    public static IReadOnlyList<string> OrleansSources { get; } =
        ["Microsoft.Orleans.Application", "Microsoft.Orleans.Runtime", "Microsoft.Orleans.Lifecycle", "Microsoft.Orleans.Storage"];

    /// <summary>Orleans' only meter.</summary>
    public static string OrleansMeter => "Microsoft.Orleans";

    internal static KeyValuePair<string, object?> Label(ChainId chain) => new(ChainLabel, chain.ToString());
}
