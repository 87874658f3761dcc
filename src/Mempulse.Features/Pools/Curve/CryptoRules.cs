namespace Mempulse.Features.Pools.Curve;

/// <summary>How a version of Curve's crypto pools of three tokens solves for a balance.</summary>
public enum CryptoRules
{
    /// <summary>By Newton's method: tricrypto2.</summary>
    Newton = 0,

    /// <summary>By the cubic equation, and by Newton's method where that has no real root: tricrypto-ng.</summary>
    Cubic,
}
