namespace Mempulse.Features.Scoring;

/// <summary>How many opportunities a block hands on to simulation.</summary>
/// <param name="Ranks">Ranks of a block whose opportunities are handed on.</param>
/// <param name="Opportunities">Opportunities that a block hands on in all; a rank may be taken again by a better one.</param>
public readonly record struct HandOnBudget(int Ranks, int Opportunities)
{
    /// <summary>The budget where a log states none.</summary>
    public static HandOnBudget Default { get; } = new(32, 64);

    /// <summary>The budget of advice, which takes no place of a gain.</summary>
    public static HandOnBudget Advice { get; } = new(8, 16);
}
