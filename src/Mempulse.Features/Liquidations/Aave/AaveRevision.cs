namespace Mempulse.Features.Liquidations.Aave;

/// <summary>The rounding of a pool by its POOL_REVISION.</summary>
public static class AaveRevision
{
    private const int First = 7;
    private const int FirstDebtUp = 9;
    private const int FirstAgainstLiquidator = 11;
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
}
