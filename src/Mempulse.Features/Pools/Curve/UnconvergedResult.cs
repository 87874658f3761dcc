namespace Mempulse.Features.Pools.Curve;

/// <summary>What a contract does when an iteration does not converge.</summary>
public enum UnconvergedResult
{
    /// <summary>It reverts.</summary>
    Refused = 0,

    /// <summary>It goes on with the last value.</summary>
    Taken,
}
