using Mempulse.Primitives;

namespace Mempulse.Builder.Assembly;

/// <summary>What a bundle gains by its simulation, held against its terms.</summary>
/// <param name="Profit">What the executor gains after the payments.</param>
/// <param name="GasCost">What the gas of own transactions costs at most.</param>
/// <param name="Pays">True if the least profit is left after gas.</param>
/// <param name="IsUndisturbed">True if each opportunity gains at least what it gains alone: none of them disturbs another.</param>
public sealed record BundleJudgement(UInt256 Profit, UInt256 GasCost, bool Pays, bool IsUndisturbed)
{
    /// <summary>No chain has so much ether; the sum of a bundle's gains cannot overflow.</summary>
    private const int MaxGainBits = 128;

    /// <summary>Judges a bundle whose transactions all ran.</summary>
    /// <param name="bundle">The bundle.</param>
    /// <param name="parts">Its transactions as they were simulated, in order.</param>
    /// <exception cref="ArgumentException">The simulation has other transactions.</exception>
    public static BundleJudgement Of(AssembledBundle bundle, IReadOnlyList<SimulatedPart> parts)
    {
        ArgumentNullException.ThrowIfNull(bundle);
        ArgumentNullException.ThrowIfNull(parts);
        if (parts.Count != bundle.Parts.Count)
        {
            throw new ArgumentException($"The simulation has {parts.Count} transactions: the bundle has {bundle.Parts.Count}.", nameof(parts));
        }

        SimulatedPart[] own = [.. parts.Where((_, at) => bundle.Parts[at].Tx.IsOwn)];
        var legs = bundle.Draft.Legs;
        var terms = bundle.Draft.Terms;
        var (profit, gas) = (UInt256.Zero, 0UL);
        bool isUndisturbed = true;
        for (int i = 0; i < own.Length; i++)
        {
            var gained = Gained(own[i]);
            profit += gained;
            gas += own[i].GasUsed.Value;
            isUndisturbed &= gained >= legs[i].ExpectedProfit;
        }

        var cost = terms.GasPrice.Value * gas;
        return new BundleJudgement(profit, cost, profit > cost && profit - cost >= terms.Payment.LeastProfit.Value, isUndisturbed);
    }

    /// <summary>What the executor returns; nothing if another contract is at its address.</summary>
    private static UInt256 Gained(SimulatedPart part) =>
        part.Output.Length == UInt256.Size && UInt256.FromBigEndian(part.Output.Span) is var word && word.BitLength <= MaxGainBits ? word : UInt256.Zero;
}
