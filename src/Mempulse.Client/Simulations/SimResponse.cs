using Mempulse.Client.Text;

namespace Mempulse.Client.Simulations;

/// <summary>A recorded simulation.</summary>
public sealed record SimResponse
{
    /// <summary>The chain.</summary>
    public required string Chain { get; init; }

    /// <summary>Derived from the request and the versions: the same bundle on the same block has the same id.</summary>
    public required string Id { get; init; }

    /// <summary>Its position in the log.</summary>
    public required ulong Seq { get; init; }

    /// <summary>The time of the simulation.</summary>
    public required string Time { get; init; }

    /// <summary>The outcome: ok (all ran), Invalid, Revert, Halt, StateMissing, StateMismatch or Limit.</summary>
    public required string Outcome { get; init; }

    /// <summary>The same in a sentence; names the account and the slot where one is missing or disproved.</summary>
    public required string Detail { get; init; }

    /// <summary>The transaction that ended the bundle, from 0.</summary>
    public int? FailedIndex { get; init; }

    /// <summary>True when every value it read was proven against the base block's state root.</summary>
    public required bool Verified { get; init; }

    /// <summary>The block whose state it started from.</summary>
    public required SimBasePart Base { get; init; }

    /// <summary>Gas of all its transactions.</summary>
    public required ulong GasUsed { get; init; }

    /// <summary>The change of the coinbase's balance, in wei.</summary>
    public required string CoinbasePayment { get; init; }

    /// <summary>The account whose profit is reported.</summary>
    public required string Account { get; init; }

    /// <summary>The change of the account's balance, in wei; tokens are not priced.</summary>
    public required string Profit { get; init; }

    /// <summary>The opportunity it is for.</summary>
    public string? Opportunity { get; init; }

    /// <summary>Hashes of the transactions that ran.</summary>
    public required IReadOnlyList<string> Transactions { get; init; }

    /// <summary>Each transaction as it ran; only in the answer to POST /simulate.</summary>
    public IReadOnlyList<SimTxPart>? Results { get; init; }

    /// <summary>The changes of the account's token balances; only in the answer to POST /simulate.</summary>
    public IReadOnlyList<TokenDeltaPart>? TokenDeltas { get; init; }

    /// <summary>What each transaction is for, by its decoded call and by what moved in it; null when the trace is no longer stored.</summary>
    public IReadOnlyList<SimLabelPart>? Labels { get; init; }

    /// <summary>Keccak-256 over all logs, of the trace, and of the witness.</summary>
    public required SimDigestsPart Digests { get; init; }

    /// <summary>The version of the engine.</summary>
    public required int EngineVersion { get; init; }

    /// <summary>The version of the rules.</summary>
    public required int RulesVersion { get; init; }

    /// <summary>The command that executes it again without a node, on the machine that has the log; null when the witness is no longer stored.</summary>
    public string? Rerun { get; init; }

    /// <summary>The path of the trace of its instructions; null when none was stored.</summary>
    public string? Steps { get; init; }

    /// <summary>The defect of the stored trace or witness.</summary>
    public string? Damage { get; init; }

    /// <summary>A call tree for each transaction, in the shape of geth's callTracer; null when it is no longer stored or was not requested.</summary>
    public RawJson? Trace { get; init; }
}
