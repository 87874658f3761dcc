using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Features.Strategies;

/// <summary>What a strategy found to be done after a pending transaction.</summary>
public sealed record Candidate
{
    /// <summary>The exchanges, in order. Each amount follows from the rounded output before it.</summary>
    public required IReadOnlyList<OppLeg> Legs { get; init; }

    /// <summary>The token of <see cref="Input"/> and <see cref="Profit"/>.</summary>
    public required Address Token { get; init; }

    /// <summary>What goes in.</summary>
    public required UInt256 Input { get; init; }

    /// <summary>What is gained before gas; for advice, what the pending transaction may lose.</summary>
    public required UInt256 Profit { get; init; }

    /// <summary>The profit in wei, at the prices of the pools.</summary>
    public required UInt256 ValueWei { get; init; }

    /// <summary>True if no input gains more.</summary>
    public bool IsExact { get; init; }

    /// <summary>For advice, the minimum with which the swap is safe; zero where no other is needed.</summary>
    public UInt256 SaferMinimum { get; init; }
}
