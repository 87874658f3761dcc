namespace Mempulse.Features.Book;

/// <summary>An initialized tick.</summary>
/// <param name="Tick">The tick.</param>
/// <param name="Gross">All liquidity that begins or ends there; the tick is initialized as long as this is not zero, whatever the net is.</param>
/// <param name="Net">The liquidity that comes into range when the price rises through it.</param>
internal readonly record struct TickLiquidity(int Tick, UInt128 Gross, Int128 Net);
