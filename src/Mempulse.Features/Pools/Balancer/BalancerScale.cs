using Mempulse.Features.Pools.Arithmetic;
using Mempulse.Primitives;

namespace Mempulse.Features.Pools.Balancer;

/// <summary>Amounts of a pool's tokens in 18 decimals and back, and the swap fee.</summary>
/// <param name="In">What brings the given token to 18 decimals, with its rate, times 10^18.</param>
/// <param name="Out">The same of the received token.</param>
/// <param name="Fee">The swap fee, in parts of 10^18 of the input.</param>
internal readonly record struct BalancerScale(UInt256 In, UInt256 Out, UInt256 Fee)
{
    /// <summary>An input without its fee, in 18 decimals.</summary>
    public CheckedWord WithoutFee(in UInt256 amountIn) => Up(amountIn - FixedWord.MultiplyUp(amountIn, Fee), In);

    /// <summary>An input with its fee, in the token's own decimals.</summary>
    public CheckedWord WithFee(in CheckedWord amountIn) => FixedWord.DivideUp(FixedWord.DivideUp(amountIn, In), FixedWord.Complement(Fee));

    /// <summary>An output in the token's own decimals, rounded down.</summary>
    public CheckedWord Down(in CheckedWord amountOut) => FixedWord.DivideDown(amountOut, Out);

    /// <summary>An amount in 18 decimals, rounded down.</summary>
    public static CheckedWord Up(in CheckedWord amount, in UInt256 scale) => FixedWord.MultiplyDown(amount, scale);
}
