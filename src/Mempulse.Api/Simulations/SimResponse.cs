namespace Mempulse.Api.Simulations;

/// <summary>A simulation on record.</summary>
public sealed record SimResponse
{
    /// <summary>The chain.</summary>
    public required string Chain { get; init; }

    /// <summary>Derived from the request and the versions: the same bundle on the same block has the same.</summary>
    public required string Id { get; init; }

    /// <summary>Where it stands in the log.</summary>
    public required ulong Seq { get; init; }

    /// <summary>When it was made.</summary>
    public required string Time { get; init; }

    /// <summary>How it came out: None (all ran), Invalid, Revert, Halt, StateMissing, StateMismatch or Limit.</summary>
    public required string Outcome { get; init; }

    /// <summary>The same in a sentence; names the account and the slot where one is missing or disproved.</summary>
    public required string Detail { get; init; }

    /// <summary>The transaction that ended the bundle, from 0.</summary>
    public int? FailedIndex { get; init; }

    /// <summary>True when every value it read was proven against the base block's state root.</summary>
    public required bool Verified { get; init; }

    /// <summary>The block whose state it found.</summary>
    public required SimBasePart Base { get; init; }

    /// <summary>Gas of all its transactions.</summary>
    public required ulong GasUsed { get; init; }

    /// <summary>What the coinbase's balance changed by, in wei.</summary>
    public required string CoinbasePayment { get; init; }

    /// <summary>Whose gains are told.</summary>
    public required string Account { get; init; }

    /// <summary>What the account's balance changed by, in wei; tokens are not priced.</summary>
    public required string Profit { get; init; }

    /// <summary>The opportunity it is for.</summary>
    public string? Opportunity { get; init; }

    /// <summary>Hashes of the transactions that ran.</summary>
    public required IReadOnlyList<string> Transactions { get; init; }

    /// <summary>Each transaction as it ran; only in the answer to POST /simulate.</summary>
    public IReadOnlyList<SimTxPart>? Results { get; init; }

    /// <summary>What the account gained and lost of tokens; only in the answer to POST /simulate.</summary>
    public IReadOnlyList<TokenDeltaPart>? TokenDeltas { get; init; }

    /// <summary>Keccak-256 over all logs, of the trace, and of the witness.</summary>
    public required SimDigestsPart Digests { get; init; }

    /// <summary>Which engine made it.</summary>
    public required int EngineVersion { get; init; }

    /// <summary>Which rules derived it.</summary>
    public required int RulesVersion { get; init; }

    /// <summary>Executes it again, with no node, on the machine that has the log; null when the witness is not kept any more.</summary>
    public string? Rerun { get; init; }

    /// <summary>Where the trace of its instructions is to be had; null where none was kept.</summary>
    public string? Steps { get; init; }

    /// <summary>What is wrong with the stored trace or witness.</summary>
    public string? Damage { get; init; }

    /// <summary>A call tree for each transaction, in the shape of geth's callTracer; null when it is not kept any more, or not asked for.</summary>
    public RawJson? Trace { get; init; }
}
