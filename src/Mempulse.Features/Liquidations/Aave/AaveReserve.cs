using Mempulse.Primitives;

namespace Mempulse.Features.Liquidations.Aave;

/// <summary>A reserve of Aave V3 as the pool stores it.</summary>
/// <param name="Id">Its place in the pool's list.</param>
/// <param name="Token">The token that is supplied and borrowed.</param>
/// <param name="Configuration">The word of thresholds, decimals and flags.</param>
/// <param name="LiquidityIndex">Index by which supplied amounts had grown at <paramref name="UpdatedAt"/>, in parts of 10^27.</param>
/// <param name="LiquidityRate">What suppliers earn in a year, in parts of 10^27.</param>
/// <param name="BorrowIndex">Index by which debts had grown then, in parts of 10^27.</param>
/// <param name="BorrowRate">What borrowers owe more in a year, in parts of 10^27.</param>
/// <param name="UpdatedAt">The time of the indexes, in Unix seconds.</param>
/// <param name="GraceUntil">The time up to which nothing of the reserve is liquidated, in Unix seconds.</param>
/// <param name="Price">The price of one token in the base currency; zero if it is not known.</param>
public sealed record AaveReserve(
    int Id,
    Address Token,
    UInt256 Configuration,
    UInt256 LiquidityIndex,
    UInt256 LiquidityRate,
    UInt256 BorrowIndex,
    UInt256 BorrowRate,
    ulong UpdatedAt,
    ulong GraceUntil,
    UInt256 Price);
