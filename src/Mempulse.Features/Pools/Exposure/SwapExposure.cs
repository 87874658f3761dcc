using Mempulse.Primitives;

namespace Mempulse.Features.Pools.Exposure;

/// <summary>How far others can worsen a pending swap before its minimum refuses it. For wallets and protectors; nothing here builds a bundle.</summary>
/// <param name="Quoted">What the swap receives now.</param>
/// <param name="FrontRun">The largest input of a swap in the same direction, put before it, with which it is still filled.</param>
/// <param name="Unfilled">The smallest such input for which it is known not to be filled; one more than <see cref="FrontRun"/> if that is exact.</param>
/// <param name="Output">What the swap receives after the largest front-run.</param>
/// <param name="SoldFor">What the front-runner gets back after the swap for all that it bought.</param>
public readonly record struct SwapExposure(UInt256 Quoted, UInt256 FrontRun, UInt256 Unfilled, UInt256 Output, UInt256 SoldFor)
{
    /// <summary>True if no larger front-run leaves the swap filled.</summary>
    public bool IsExact => Unfilled - FrontRun == UInt256.One;

    /// <summary>What the swap loses, in the token that it receives.</summary>
    public UInt256 Loss => Quoted - Output;

    /// <summary>What the front-runner gains before gas, in the token that the swap gives; zero if it loses.</summary>
    public UInt256 GrossProfit => SoldFor > FrontRun ? SoldFor - FrontRun : UInt256.Zero;
}
