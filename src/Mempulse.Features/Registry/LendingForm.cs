namespace Mempulse.Features.Registry;

/// <summary>How the contracts of a lending market keep their state. The number is in checkpoints.</summary>
public enum LendingForm
{
    /// <summary>A pool of Aave V3: reserves, each with a token of what is supplied and one of what is owed.</summary>
    AaveV3 = 0,

    /// <summary>A market of Compound V3: one token that is lent, and collaterals of each account. It prices its tokens itself.</summary>
    CompoundV3 = 1,
}
