using Mempulse.Features.Pools.Arithmetic;
using Mempulse.Primitives;

namespace Mempulse.Features.Liquidations.Aave;

/// <summary>A reserve of Aave V3 at a time: what a scaled amount is worth, and on which terms it is liquidated.</summary>
public sealed record AaveTerms
{
    private const int MaxDecimals = 77;

    /// <summary>The reserve's place in the pool's list.</summary>
    public required int Id { get; init; }

    /// <summary>The token.</summary>
    public required Address Token { get; init; }

    /// <summary>The price of one token in the base currency; zero if it is not known.</summary>
    public required UInt256 Price { get; init; }

    /// <summary>Smallest units of one token; zero if the contract's number does not fit.</summary>
    public required UInt256 Unit { get; init; }

    /// <summary>The share of its value that covers debts, in basis points.</summary>
    public required UInt256 Threshold { get; init; }

    /// <summary>What a liquidator receives for what it repays, in basis points above 10,000.</summary>
    public required UInt256 Bonus { get; init; }

    /// <summary>The protocol's share of the bonus, in basis points.</summary>
    public required UInt256 ProtocolFee { get; init; }

    /// <summary>True if the pool liquidates the reserve at this time: it is active, not paused, and past its grace period.</summary>
    public required bool IsLiquidated { get; init; }

    /// <summary>True if the reserve's debts follow from its index alone. Before revision 8, those of GHO had a discount that other contracts decide.</summary>
    public required bool IsPlain { get; init; }

    internal CheckedWord Income { get; init; }

    internal CheckedWord Debt { get; init; }

    internal AaveRounding Rounding { get; init; }

    /// <summary>The reserve at a time.</summary>
    /// <param name="reserve">The reserve.</param>
    /// <param name="revision">The revision of the pool, one that <see cref="AaveRevision"/> knows.</param>
    /// <param name="now">The time in Unix seconds.</param>
    public static AaveTerms Of(AaveReserve reserve, int revision, ulong now)
    {
        ArgumentNullException.ThrowIfNull(reserve);
        var word = reserve.Configuration;
        AaveRevision.TryGetRounding(revision, out var rounding);
        return new AaveTerms
        {
            Id = reserve.Id,
            Token = reserve.Token,
            Price = reserve.Price,
            Unit = PowerOf10(AaveConfiguration.Decimals(word)),
            Threshold = AaveConfiguration.Threshold(word),
            Bonus = AaveConfiguration.Bonus(word),
            ProtocolFee = AaveConfiguration.ProtocolFee(word),
            IsLiquidated = AaveConfiguration.IsActive(word) && !AaveConfiguration.IsPaused(word) && reserve.GraceUntil < now,
            IsPlain = !AaveRevision.HasDiscounts(revision) || AaveConfiguration.IsVirtual(word),
            Income = AaveInterest.Income(reserve.LiquidityIndex, reserve.LiquidityRate, reserve.UpdatedAt, now),
            Debt = AaveInterest.Debt(reserve.BorrowIndex, reserve.BorrowRate, reserve.UpdatedAt, now, revision),
            Rounding = rounding,
        };
    }

    /// <summary>What a scaled amount that was supplied is by now.</summary>
    internal CheckedWord Supplied(in UInt256 scaled) => Rounding == AaveRounding.HalfUp ? AaveInterest.TimesHalfUp(scaled, Income) : AaveInterest.TimesDown(scaled, Income);

    /// <summary>What a scaled debt is by now.</summary>
    internal CheckedWord Owed(in UInt256 scaled) => Rounding == AaveRounding.HalfUp ? AaveInterest.TimesHalfUp(scaled, Debt) : AaveInterest.TimesUp(scaled, Debt);

    /// <summary>What a scaled amount is worth in the base currency.</summary>
    internal CheckedWord SuppliedValue(in UInt256 scaled) => Supplied(scaled) * Price / Unit;

    /// <summary>What a scaled debt is worth in the base currency.</summary>
    internal CheckedWord OwedValue(in UInt256 scaled) => Rounding == AaveRounding.HalfUp ? Owed(scaled) * Price / Unit : AaveInterest.DivideUp(Owed(scaled) * Price, Unit);

    private static UInt256 PowerOf10(int exponent)
    {
        var power = UInt256.One;
        for (int i = 0; i < exponent && exponent <= MaxDecimals; i++)
        {
            power *= 10;
        }

        return exponent <= MaxDecimals ? power : UInt256.Zero;
    }
}
