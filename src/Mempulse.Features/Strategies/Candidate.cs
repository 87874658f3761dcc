using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Features.Strategies;

/// <summary>What a strategy found to be done after a pending transaction.</summary>
public sealed record Candidate
{
    /// <summary>The exchanges, in order. Each amount follows from the rounded output before it.</summary>
    public required IReadOnlyList<OppLeg> Legs { get; init; }

    /// <summary>The token of <see cref="Input"/> and <see cref="Profit"/>; for a liquidation of the profit alone.</summary>
    public required Address Token { get; init; }

    /// <summary>What goes in; for a liquidation the debt that is repaid, in the token of the leg.</summary>
    public required UInt256 Input { get; init; }

    /// <summary>What is gained before gas; for advice, what the pending transaction may lose.</summary>
    public required UInt256 Profit { get; init; }

    /// <summary>The profit in wei, at the prices of the pools, or of the market's oracle.</summary>
    public required UInt256 ValueWei { get; init; }

    /// <summary>True if no input gains more; for a liquidation, if every price of the borrower follows from events.</summary>
    public bool IsExact { get; init; }

    /// <summary>For advice, the minimum with which the swap is safe; zero where no other is needed.</summary>
    public UInt256 SaferMinimum { get; init; }
}
