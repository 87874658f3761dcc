using Mempulse.Builder.Execution;
using Mempulse.Primitives;

namespace Mempulse.Builder.Assembly;

/// <summary>An opportunity that gains by its simulation, as a part of a bundle.</summary>
public sealed record BundleCandidate
{
    /// <summary>The opportunity.</summary>
    public required Hash256 Opportunity { get; init; }

    /// <summary>The strategy that found it.</summary>
    public required string Strategy { get; init; }

    /// <summary>That strategy's version.</summary>
    public required int StrategyVersion { get; init; }

    /// <summary>What the trigger's sender sent before it, then the trigger.</summary>
    public required IReadOnlyList<CandidateTx> Transactions { get; init; }

    /// <summary>The exchanges after them, which begin and end with wrapped ether.</summary>
    public required IReadOnlyList<ExecutorSwap> Swaps { get; init; }

    /// <summary>What the exchanges gain by the simulation, in wei.</summary>
    public required UInt256 Gain { get; init; }

    /// <summary>True if one of its pools, senders or transactions is one of the other's: then both cannot be sure of what they gain.</summary>
    public bool Touches(BundleCandidate other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Swaps.Any(swap => other.Swaps.Any(theirs => theirs.Pool == swap.Pool))
            || Transactions.Any(tx => other.Transactions.Any(theirs => theirs.Sender == tx.Sender || theirs.Hash == tx.Hash));
    }
}
