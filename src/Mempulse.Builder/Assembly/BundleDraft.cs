using Mempulse.Primitives;

namespace Mempulse.Builder.Assembly;

/// <summary>What a bundle is made of, before it is signed. Immutable.</summary>
/// <param name="Terms">What holds for it.</param>
/// <param name="Legs">Its opportunities, best first; at least one.</param>
public sealed record BundleDraft(BundleTerms Terms, IReadOnlyList<BundleLeg> Legs)
{
    /// <summary>What is paid in all.</summary>
    public Wei Payment => new(Legs.Aggregate(UInt256.Zero, static (sum, leg) => sum + leg.Payment.Value));

    /// <summary>What is gained after the payments, if the simulations of its opportunities hold.</summary>
    public UInt256 ExpectedProfit => Legs.Aggregate(UInt256.Zero, static (sum, leg) => sum + leg.ExpectedProfit);

    /// <summary>Gas limits of all its transactions.</summary>
    public Gas GasLimit => new(Legs.Aggregate(0UL, static (sum, leg) => sum + BundleAssembly.GasLimitOf(leg.Candidate)));
}
