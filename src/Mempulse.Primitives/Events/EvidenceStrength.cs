namespace Mempulse.Primitives.Events;

/// <summary>How far a verdict can be relied on. It never says more than its evidence. The number is on disk.</summary>
public enum EvidenceStrength
{
    /// <summary>Public data does not decide it; what would is named.</summary>
    NotDerivable = 0,

    /// <summary>The evidence agrees with it, and with other explanations.</summary>
    Weak = 1,

    /// <summary>Other explanations need an observer that was wrong, or that did not see.</summary>
    Strong = 2,

    /// <summary>It follows from what can be checked again: an execution on proven state, a block, a signature.</summary>
    Proof = 3,
}
