using Mempulse.Features.Pools.Arithmetic;

namespace Mempulse.Features.Pools.Balancer;

/// <summary>Arithmetic of numbers of 18 decimals with a chosen rounding, as Balancer's FixedPoint does it.</summary>
internal static class FixedWord
{
    /// <summary>One.</summary>
    public const ulong One = 1_000_000_000_000_000_000;

    /// <summary>10^-14, the error that a power is corrected by, in 18 decimals.</summary>
    private const ulong PowerError = 10_000;

    /// <summary>The product, rounded down.</summary>
    public static CheckedWord MultiplyDown(in CheckedWord left, in CheckedWord right) => left * right / One;

    /// <summary>The product, rounded up.</summary>
    public static CheckedWord MultiplyUp(in CheckedWord left, in CheckedWord right) => DivideRaw(left * right, One);

    /// <summary>The quotient, rounded down.</summary>
    public static CheckedWord DivideDown(in CheckedWord left, in CheckedWord right) => left * One / right;

    /// <summary>The quotient, rounded up.</summary>
    public static CheckedWord DivideUp(in CheckedWord left, in CheckedWord right) => DivideRaw(left * One, right);

    /// <summary>What is missing to one; zero above it.</summary>
    public static CheckedWord Complement(in CheckedWord value) => value < One ? One - value : value.Where(true) * 0;

    /// <summary>The quotient of whole numbers, rounded up.</summary>
    public static CheckedWord DivideRaw(in CheckedWord left, in CheckedWord right) => left.Value.IsZero ? left / right : ((left - 1) / right) + 1;

    /// <summary>A power, rounded up by its error.</summary>
    public static CheckedWord PowerUp(in CheckedWord x, in CheckedWord y, PowerShortcut shortcut)
    {
        if (x.IsFailed || y.IsFailed)
        {
            return CheckedWord.Failed;
        }

        if (shortcut == PowerShortcut.SmallWholes && y.Value.FitsUInt64)
        {
            switch (y.Value.LowUInt64)
            {
                case One:
                    return x;
                case 2 * One:
                    return MultiplyUp(x, x);
                case 4 * One:
                    var square = MultiplyUp(x, x);
                    return MultiplyUp(square, square);
                default:
                    break;
            }
        }

        var raw = FixedPower.Power(x.Value, y.Value);
        return raw + MultiplyUp(raw, PowerError) + 1;
    }
}
