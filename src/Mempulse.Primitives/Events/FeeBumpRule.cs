namespace Mempulse.Primitives.Events;

/// <summary>How a percentage becomes the fee that a replacement must reach. The number is on disk.</summary>
public enum FeeBumpRule
{
    /// <summary>An exact fraction, and an equal fee of zero replaces: what logs written before the rule was stated were folded with.</summary>
    ExactFraction = 0,

    /// <summary>geth's arithmetic: the threshold is rounded down to whole wei, and each fee must also be strictly higher.</summary>
    WholeNumbers = 1,
}
