namespace Mempulse.Client.Opportunities;

/// <summary>An opportunity.</summary>
public sealed record OppPart
{
    /// <summary>Derived from the strategy, the trigger, the base, the legs and what runs before the trigger: a replay gives the same.</summary>
    public required string Id { get; init; }

    /// <summary>Open, Invalidated (a reorg may reopen it) or Expired.</summary>
    public required string Status { get; init; }

    /// <summary>Why it no longer holds; null while it does.</summary>
    public string? Reason { get; init; }

    /// <summary>The block or the transaction that is the reason; null if it is not known, or while it holds.</summary>
    public string? By { get; init; }

    /// <summary>The strategy that found it, with its version, such as "backrun-arbitrage/1".</summary>
    public required string Strategy { get; init; }

    /// <summary>Gain: transactions after the trigger gain. Advice: what the trigger's sender should know, from which no transaction ever follows. Liquidation: a borrower can be liquidated after the trigger; it is not simulated.</summary>
    public required string Purpose { get; init; }

    /// <summary>The pending transaction.</summary>
    public required string Trigger { get; init; }

    /// <summary>The block on whose state it was computed.</summary>
    public required string Base { get; init; }

    /// <summary>Its height.</summary>
    public required ulong BaseNumber { get; init; }

    /// <summary>Keccak-256 of the registry that the trigger was decoded with.</summary>
    public required string Registry { get; init; }

    /// <summary>The score and its parts.</summary>
    public required OppScorePart Score { get; init; }

    /// <summary>What it gains at most before gas, or what the trigger may lose, in wei at the prices of the pools, or of the market's oracle.</summary>
    public required string Value { get; init; }

    /// <summary>The token of <see cref="Input"/> and <see cref="Profit"/>; for a liquidation of the profit alone.</summary>
    public required string Token { get; init; }

    /// <summary>What goes in; for a liquidation the debt that is repaid, in the token of the leg.</summary>
    public required string Input { get; init; }

    /// <summary>What is gained, or lost by the trigger.</summary>
    public required string Profit { get; init; }

    /// <summary>True if no input gains more: the search was exhaustive. For a liquidation, true if every price of the borrower follows from events.</summary>
    public required bool Exact { get; init; }

    /// <summary>For advice, the minimum with which the swap is safe; null for others and where the swap's own is safe.</summary>
    public string? SaferMinimum { get; init; }

    /// <summary>True if it was handed on to simulation.</summary>
    public required bool HandedOn { get; init; }

    /// <summary>Why it was not simulated, in a sentence; null if it was, and for advice.</summary>
    public string? NotSimulated { get; init; }

    /// <summary>Transactions of the trigger's sender that run between the base and the trigger, in order.</summary>
    public required IReadOnlyList<string> Before { get; init; }

    /// <summary>How many opportunities of the same head ranked above it when it was detected.</summary>
    public required int RankedBelow { get; init; }

    /// <summary>Its exchanges, in order, after the trigger.</summary>
    public required IReadOnlyList<OppLegPart> Legs { get; init; }

    /// <summary>What its last simulation gave; null before the first.</summary>
    public OppSimPart? Simulation { get; init; }
}
