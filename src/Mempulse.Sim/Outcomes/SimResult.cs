using System.Numerics;
using Mempulse.Primitives;

namespace Mempulse.Sim.Outcomes;

/// <summary>The result of a simulation. The same request over the same state gives the same result, bit for bit.</summary>
public sealed record SimResult
{
    /// <summary>The simulation id, derived from the request and both versions.</summary>
    public required Hash256 SimId { get; init; }

    /// <summary><see cref="Requests.SimVersions.Engine"/> at the time of the simulation.</summary>
    public required int EngineVersion { get; init; }

    /// <summary><see cref="Requests.SimVersions.Rules"/> at the time of the simulation.</summary>
    public required int RulesVersion { get; init; }

    /// <summary>The outcome.</summary>
    public required SimOutcome Outcome { get; init; }

    /// <summary>How far the state that was read can be trusted.</summary>
    public required StateTrust Trust { get; init; }

    /// <summary>The executed transactions in order, including one that ended the bundle by a revert or halt.</summary>
    public IReadOnlyList<TxResult> Transactions { get; init; } = [];

    /// <summary>Gas used by all executed transactions.</summary>
    public ulong GasUsed { get; init; }

    /// <summary>Change of the coinbase's balance over the bundle, in wei.</summary>
    public BigInteger CoinbasePayment { get; init; }

    /// <summary>The account whose profit and token deltas are reported.</summary>
    public Address Account { get; init; }

    /// <summary>Change of the account's balance over the bundle, in wei, fees and payments included. Tokens are not priced.</summary>
    public BigInteger Profit { get; init; }

    /// <summary>The account's non-zero token deltas, by ascending token address.</summary>
    public IReadOnlyList<TokenDelta> TokenDeltas { get; init; } = [];

    /// <summary>Keccak-256 over the logs of all executed transactions.</summary>
    public Hash256 LogsDigest { get; init; }

    /// <summary>Keccak-256 of the call trace.</summary>
    public Hash256 TraceDigest { get; init; }
}
