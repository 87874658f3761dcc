using Mempulse.Primitives;

namespace Mempulse.Features.Pools.Ticks;

/// <summary>What a swap moves in a pool of ticks.</summary>
/// <param name="SqrtPriceX96">Square root of the price in units of 2^-96; zero before the pool is initialized.</param>
/// <param name="Tick">The current tick, as the contract keeps it: one below that of the price where a swap down ended exactly at a tick.</param>
/// <param name="Liquidity">Liquidity in range; below 2^128.</param>
public readonly record struct TickState(UInt256 SqrtPriceX96, int Tick, UInt256 Liquidity);
