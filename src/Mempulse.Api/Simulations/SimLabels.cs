using System.Globalization;
using System.Text.Json;
using Mempulse.Client.Simulations;
using Mempulse.Features.Flows;
using Mempulse.Features.Registry;
using Mempulse.Grains.Abstractions.Simulations;
using Mempulse.Primitives;

namespace Mempulse.Api.Simulations;

/// <summary>Labels the transactions of a simulation from its stored trace.</summary>
internal static class SimLabels
{
    /// <summary>The labels, in the order of the transactions.</summary>
    /// <returns>Null if the trace is no longer stored, or is of another version.</returns>
    public static IReadOnlyList<SimLabelPart>? Of(ChainId chain, SimView sim, ContractRegistry? registry)
    {
        if (sim.Trace is not { IsEmpty: false } trace)
        {
            return null;
        }

        try
        {
            return [.. new TraceReader(chain, new BlockNumber(sim.Fact.BaseNumber.Value + 1), registry, registry?.WrappedEther(chain)).Read(trace).Select(Of)];
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException or KeyNotFoundException)
        {
            return null; // the digest of the trace is checked where it is stored
        }
    }

    private static SimLabelPart Of(TransactionLabel label) => new()
    {
        Label = Name(label.Label),
        Source = Name(label.Source),
        ByAbi = Name(label.ByAbi),
        ByFlow = label.Flow is null ? null : Name(label.ByFlow),
        Disagreement = label.IsDisagreement,
        Nets = [.. (label.Flow?.Nets ?? []).Select(static net => new TokenDeltaPart(net.Token.ToString(), net.Amount.ToString(CultureInfo.InvariantCulture)))],
    };

    private static string Name<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
