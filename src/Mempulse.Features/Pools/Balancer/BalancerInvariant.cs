using Mempulse.Features.Pools.Arithmetic;
using Mempulse.Primitives;

namespace Mempulse.Features.Pools.Balancer;

/// <summary>The invariant of Balancer's stable pools, in the contracts' order of operations and with their rounding.</summary>
/// <remarks>Both iterate at most 255 times, as the contracts do.</remarks>
internal static class BalancerInvariant
{
    private const int MaxRounds = 255;
    private const ulong AmplificationPrecision = 1_000;

    /// <summary>The invariant of balances in 18 decimals.</summary>
    public static CheckedWord Invariant(ReadOnlySpan<UInt256> balances, in UInt256 amplification, InvariantRounding rounding)
    {
        CheckedWord sum = 0;
        foreach (ref readonly var balance in balances)
        {
            sum += balance;
        }

        if (sum.IsFailed || sum.Value.IsZero)
        {
            return sum;
        }

        CheckedWord multiple = amplification * (ulong)balances.Length;
        var invariant = sum;
        for (int round = 0; round < MaxRounds && !invariant.IsFailed; round++)
        {
            var before = invariant;
            invariant = rounding == InvariantRounding.Up ? NextUp(balances, multiple, sum, invariant) : NextDown(balances, multiple, sum, invariant);
            if (CheckedWord.Distance(invariant, before) <= UInt256.One)
            {
                return invariant;
            }
        }

        return CheckedWord.Failed;
    }

    /// <summary>The balance of one token that keeps the invariant, rounded up.</summary>
    /// <param name="balances">The balances; that of the token is only a factor that cancels.</param>
    /// <param name="solved">Index of the token.</param>
    /// <param name="invariant">The invariant.</param>
    /// <param name="amplification">The amplification.</param>
    public static CheckedWord Balance(ReadOnlySpan<UInt256> balances, int solved, in CheckedWord invariant, in UInt256 amplification)
    {
        ulong count = (ulong)balances.Length;
        CheckedWord multiple = amplification * count;
        CheckedWord sum = balances[0];
        var product = balances[0] * (CheckedWord)count;
        for (int i = 1; i < balances.Length; i++)
        {
            product = product * balances[i] * count / invariant;
            sum += balances[i];
        }

        sum -= balances[solved];
        var square = invariant * invariant;
        var c = FixedWord.DivideRaw(square, multiple * product) * AmplificationPrecision * balances[solved];
        var b = sum + (invariant / multiple * AmplificationPrecision);
        var balance = FixedWord.DivideRaw(square + c, invariant + b);
        for (int round = 0; round < MaxRounds && !balance.IsFailed; round++)
        {
            var before = balance;
            balance = FixedWord.DivideRaw((balance * balance) + c, (balance * 2) + b - invariant);
            if (CheckedWord.Distance(balance, before) <= UInt256.One)
            {
                return balance;
            }
        }

        return CheckedWord.Failed;
    }

    private static CheckedWord NextDown(ReadOnlySpan<UInt256> balances, in CheckedWord multiple, in CheckedWord sum, in CheckedWord invariant)
    {
        ulong count = (ulong)balances.Length;
        var product = invariant;
        foreach (ref readonly var balance in balances)
        {
            product = product * invariant / (balance * (CheckedWord)count);
        }

        return ((multiple * sum / AmplificationPrecision) + (product * count)) * invariant
            / (((multiple - AmplificationPrecision) * invariant / AmplificationPrecision) + ((count + 1) * product));
    }

    private static CheckedWord NextUp(ReadOnlySpan<UInt256> balances, in CheckedWord multiple, in CheckedWord sum, in CheckedWord invariant)
    {
        ulong count = (ulong)balances.Length;
        var product = balances[0] * (CheckedWord)count;
        for (int i = 1; i < balances.Length; i++)
        {
            product = FixedWord.DivideRaw(product * balances[i] * count, invariant);
        }

        return FixedWord.DivideRaw(
            (count * invariant * invariant) + FixedWord.DivideRaw(multiple * sum * product, AmplificationPrecision),
            ((count + 1) * invariant) + ((multiple - AmplificationPrecision) * product / AmplificationPrecision));
    }
}
