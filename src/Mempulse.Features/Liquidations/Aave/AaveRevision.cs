namespace Mempulse.Features.Liquidations.Aave;

/// <summary>What the revisions of the pool, by its POOL_REVISION, compute in different ways.</summary>
public static class AaveRevision
{
    private const int First = 7; // v3.3
    private const int FirstExponential = 8; // v3.4
    private const int FirstDebtUp = 9; // v3.5
    private const int FirstWithoutThreshold = 10; // v3.6
    private const int FirstAgainstLiquidator = 11; // v3.7
    private const int Last = 11;

    /// <summary>Gets the rounding; false for a revision whose liquidations are not known here, before v3.3 or after v3.7.</summary>
    public static bool TryGetRounding(int revision, out AaveRounding rounding)
    {
        rounding = revision switch
        {
            < FirstDebtUp => AaveRounding.HalfUp,
            < FirstAgainstLiquidator => AaveRounding.DebtUp,
            _ => AaveRounding.AgainstLiquidator,
        };
        return revision is >= First and <= Last;
    }

    /// <summary>True if debts grow by three terms of a binomial series, and not of the exponential one.</summary>
    internal static bool IsCompoundedByBinomial(int revision) => revision < FirstExponential;

    /// <summary>True if debts of reserves without virtual accounting have a discount that other contracts decide.</summary>
    internal static bool HasDiscounts(int revision) => revision < FirstExponential;

    /// <summary>True if the health factor is of an average threshold that is rounded down.</summary>
    internal static bool AveragesThreshold(int revision) => revision < FirstDebtUp;

    /// <summary>True if a collateral counts whose own threshold is zero: an efficiency mode may give it one.</summary>
    internal static bool CountsWithoutThreshold(int revision) => revision >= FirstWithoutThreshold;
}
