using Mempulse.Evm.Recording;
using Mempulse.Evm.State;
using Mempulse.Primitives;

namespace Mempulse.Outcomes.Competition;

/// <summary>What happened when the bundle was executed at one place of the block. A closed hierarchy.</summary>
internal abstract record PlaceTrial
{
    private PlaceTrial()
    {
    }

    /// <summary>The bundle was executed.</summary>
    /// <param name="Pays">True if it held and the account gained.</param>
    /// <param name="Gain">What the account gained; zero if the bundle did not hold.</param>
    /// <param name="Outcome">What happened, as the end of a sentence about the bundle.</param>
    /// <param name="Read">What the bundle accessed.</param>
    /// <param name="Before">What the transaction before it accessed; null at the start.</param>
    public sealed record Tried(bool Pays, WeiDelta Gain, string Outcome, IReadOnlyList<Prestate> Read, Prestate? Before) : PlaceTrial;

    /// <summary>The block's transactions do not do what its receipts say, so nothing is known of what follows.</summary>
    /// <param name="Index">The first transaction that differs.</param>
    /// <param name="Detail">How it differs.</param>
    public sealed record Differs(int Index, string Detail) : PlaceTrial;

    /// <summary>A part of the state is missing.</summary>
    /// <param name="Gap">The missing part.</param>
    public sealed record StateMissing(StateGap Gap) : PlaceTrial;
}
