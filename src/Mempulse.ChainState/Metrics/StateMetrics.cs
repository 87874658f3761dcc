using System.Diagnostics.Metrics;

namespace Mempulse.ChainState.Metrics;

/// <summary>Counters of the state that simulations fetch from nodes, on the meter "Mempulse.ChainState"; listed in docs/metrics.md.</summary>
/// <remarks>Safe for any thread.</remarks>
public static class StateMetrics
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "Mempulse.ChainState";

    private static readonly Meter s_meter = new(MeterName);

    private static readonly Counter<long> s_parts = s_meter.CreateCounter<long>(
        "mempulse_state_parts", "{part}", "Accounts, slots, codes and block hashes: from cache, read by a simulation; from node, fetched.");

    private static readonly Counter<long> s_proofs =
        s_meter.CreateCounter<long>("mempulse_state_proofs", "{proof}", "Proofs of accounts, by outcome: verified, refused, absent, failed.");

    internal static void Fetched() => s_parts.Add(1, From("node"));

    internal static void Read(int parts) => s_parts.Add(parts, From("cache"));

    internal static void ProofVerified() => s_proofs.Add(1, Outcome("verified"));

    internal static void ProofRefused() => s_proofs.Add(1, Outcome("refused"));

    internal static void ProofAbsent() => s_proofs.Add(1, Outcome("absent"));

    internal static void ProofFailed() => s_proofs.Add(1, Outcome("failed"));

    private static KeyValuePair<string, object?> From(string name) => new("from", name);

    private static KeyValuePair<string, object?> Outcome(string name) => new("outcome", name);
}
