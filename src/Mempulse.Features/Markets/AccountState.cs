using Mempulse.Features.Liquidations.Aave;
using Mempulse.Primitives;

namespace Mempulse.Features.Markets;

/// <summary>An account of a market as the storage describes it.</summary>
/// <param name="Uses">What it uses each reserve for, as the market stores it.</param>
/// <param name="CategoryNumber">The number of its efficiency mode; 0 for none.</param>
/// <param name="CategoryWord">The word of that mode's terms; zero for none.</param>
/// <param name="Holdings">What it has, in ascending order of the places.</param>
internal sealed record AccountState(UInt256 Uses, ulong CategoryNumber, UInt256 CategoryWord, IReadOnlyList<AaveHolding> Holdings)
{
    /// <summary>An account of which nothing is known.</summary>
    public static AccountState Unknown { get; } = new(default, 0, default, []);

    /// <summary>The terms of its efficiency mode.</summary>
    public AaveCategory Category => AaveReading.ReadCategory(CategoryWord);
}
