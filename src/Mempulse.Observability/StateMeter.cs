using System.Diagnostics.Metrics;
using Mempulse.Primitives;

namespace Mempulse.Observability;

/// <summary>The counters of the state that a chain's simulations take from nodes.</summary>
/// <remarks>Safe for any thread.</remarks>
public sealed class StateMeter
{
    /// <summary>The meter's name.</summary>
    public const string Name = Telemetry.Prefix + ".ChainState";

    /// <summary>The lane label of the calls that simulations make.</summary>
    private const string CallsLane = "sim";

    private readonly Meter _meter; // the factory owns it
    private readonly Counter<long> _parts;
    private readonly Counter<long> _proofs;
    private readonly Counter<long> _contradictions;
    private readonly KeyValuePair<string, object?> _chain;

    /// <summary>Counters of a chain's state.</summary>
    public StateMeter(IMeterFactory meters, ChainId chain)
    {
        _meter = meters.Create(Name);
        _parts = _meter.CreateCounter<long>("mempulse_state_parts", null, "Accounts, slots, codes and block hashes: from cache, read by a simulation; from node, fetched.");
        _proofs = _meter.CreateCounter<long>("mempulse_state_proofs", null, "Proofs of accounts, by outcome: verified, refused, absent, failed.");
        _contradictions = _meter.CreateCounter<long>(
            "mempulse_state_contradictions", null, "Proofs that hold although other fields of the same answer contradict them, by node.");
        _chain = Telemetry.Label(chain);
        Calls = new RpcMeter(meters, chain, CallsLane);
    }

    /// <summary>Counters of the JSON-RPC calls that fetch state.</summary>
    public RpcMeter Calls { get; }

    /// <summary>Counts a part that was fetched.</summary>
    public void Fetched() => _parts.Add(1, _chain, From("node"));

    /// <summary>Counts parts that a simulation read.</summary>
    public void Read(int parts) => _parts.Add(parts, _chain, From("cache"));

    /// <summary>Counts a proof that holds.</summary>
    public void ProofVerified() => _proofs.Add(1, _chain, Outcome("verified"));

    /// <summary>Counts a proof that the state root disproves.</summary>
    public void ProofRefused() => _proofs.Add(1, _chain, Outcome("refused"));

    /// <summary>Counts a proof that the node does not offer.</summary>
    public void ProofAbsent() => _proofs.Add(1, _chain, Outcome("absent"));

    /// <summary>Counts a proof that the node could not give; it is requested again.</summary>
    public void ProofFailed() => _proofs.Add(1, _chain, Outcome("failed"));

    /// <summary>Counts a proof that holds although other fields of the answer contradict it: the node is faulty.</summary>
    /// <param name="node">The name of its endpoint, from the options.</param>
    public void ProofContradicted(string node) => _contradictions.Add(1, _chain, new KeyValuePair<string, object?>("node", node));

    private static KeyValuePair<string, object?> From(string name) => new("from", name);

    private static KeyValuePair<string, object?> Outcome(string name) => new("outcome", name);
}
