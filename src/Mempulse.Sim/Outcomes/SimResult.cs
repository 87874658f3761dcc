using System.Numerics;
using Mempulse.Primitives;

namespace Mempulse.Sim.Outcomes;

/// <summary>Everything a simulation tells. The same request over the same state gives the same result, bit for bit.</summary>
public sealed record SimResult
{
    /// <summary>Derived from the request and the versions.</summary>
    public required Hash256 SimId { get; init; }

    /// <summary>Which engine made it.</summary>
    public required int EngineVersion { get; init; }

    /// <summary>Which rules derived it.</summary>
    public required int RulesVersion { get; init; }

    /// <summary>How it came out.</summary>
    public required SimOutcome Outcome { get; init; }

    /// <summary>How far the state can be trusted.</summary>
    public required StateTrust Trust { get; init; }

    /// <summary>Those that ran, in order; up to and with the one that failed.</summary>
    public IReadOnlyList<TxResult> Transactions { get; init; } = [];

    /// <summary>Of all of them.</summary>
    public ulong GasUsed { get; init; }

    /// <summary>What the coinbase's balance changed by, in wei.</summary>
    public BigInteger CoinbasePayment { get; init; }

    /// <summary>Whose gains are told.</summary>
    public Address Account { get; init; }

    /// <summary>What the account's balance changed by, in wei: fees, payments and all; tokens are not priced. This is the profit.</summary>
    public BigInteger Profit { get; init; }

    /// <summary>What the account gained and lost of tokens, by rising address; those that came out even are left out.</summary>
    public IReadOnlyList<TokenDelta> TokenDeltas { get; init; } = [];

    /// <summary>Keccak-256 over all logs.</summary>
    public Hash256 LogsDigest { get; init; }

    /// <summary>Keccak-256 of the trace's bytes.</summary>
    public Hash256 TraceDigest { get; init; }
}
