using Mempulse.Features.Pools.Arithmetic;
using Mempulse.Primitives;

namespace Mempulse.Features.Pools.Curve;

/// <summary>The invariant of Curve's stable pools: get_D and get_y, in the contracts' order of operations.</summary>
/// <remarks>Both iterate at most 255 times, as the contracts do.</remarks>
internal static class StableInvariant
{
    private const int MaxRounds = 255;

    /// <summary>The invariant of balances in one precision.</summary>
    public static CheckedWord Invariant(ReadOnlySpan<UInt256> balances, in UInt256 amplification, StableRules rules)
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

        ulong count = (ulong)balances.Length;
        var multiple = amplification * count;
        var invariant = sum;
        for (int round = 0; round < MaxRounds && !invariant.IsFailed; round++)
        {
            var product = Product(balances, invariant, rules.Product);
            var before = invariant;
            invariant = ((multiple * sum / rules.AmplificationPrecision) + (product * count)) * invariant
                / (((multiple - rules.AmplificationPrecision) * invariant / rules.AmplificationPrecision) + ((count + 1) * product));
            if (CheckedWord.Distance(invariant, before) <= UInt256.One)
            {
                return invariant;
            }
        }

        return invariant.Where(rules.Unconverged == UnconvergedResult.Taken);
    }

    /// <summary>The balance of one token that keeps the invariant while another has a new balance.</summary>
    /// <param name="balances">The balances, with the new one in its place.</param>
    /// <param name="solved">Index of the token whose balance is computed.</param>
    /// <param name="invariant">The invariant.</param>
    /// <param name="amplification">The amplification, in the version's precision.</param>
    /// <param name="rules">The version.</param>
    public static CheckedWord Balance(ReadOnlySpan<UInt256> balances, int solved, in CheckedWord invariant, in UInt256 amplification, StableRules rules)
    {
        ulong count = (ulong)balances.Length;
        CheckedWord multiple = amplification * count;
        CheckedWord sum = 0;
        var c = invariant;
        for (int i = 0; i < balances.Length; i++)
        {
            if (i != solved)
            {
                sum += balances[i];
                c = c * invariant / (balances[i] * (CheckedWord)count);
            }
        }

        c = c * invariant * rules.AmplificationPrecision / (multiple * count);
        var b = sum + (invariant * rules.AmplificationPrecision / multiple);
        var balance = invariant;
        for (int round = 0; round < MaxRounds && !balance.IsFailed; round++)
        {
            var before = balance;
            balance = ((balance * balance) + c) / ((2 * balance) + b - invariant);
            if (CheckedWord.Distance(balance, before) <= UInt256.One)
            {
                return balance;
            }
        }

        return balance.Where(rules.Unconverged == UnconvergedResult.Taken);
    }

    /// <summary>The price that a pool of two tokens records: get_p, in 18 decimals.</summary>
    public static CheckedWord Price(in CheckedWord first, in CheckedWord second, in CheckedWord invariant, in UInt256 amplification, StableRules rules)
    {
        const ulong Count = 2;
        var product = invariant / (Count * Count) * invariant / first * invariant / second;
        var flat = amplification * Count * first / rules.AmplificationPrecision;
        return 1_000_000_000_000_000_000UL * (flat + (product * first / second)) / (flat + product);
    }

    private static CheckedWord Product(ReadOnlySpan<UInt256> balances, in CheckedWord invariant, ProductDivision division)
    {
        ulong count = (ulong)balances.Length;
        var product = invariant;
        ulong power = 1;
        foreach (ref readonly var balance in balances)
        {
            power *= count;
            CheckedWord divisor = division switch
            {
                ProductDivision.AtTheEnd => balance,
                ProductDivision.ByMultiple => balance * (CheckedWord)count,
                _ => (balance * (CheckedWord)count) + 1,
            };
            product = product * invariant / divisor;
        }

        return division == ProductDivision.AtTheEnd ? product / power : product;
    }
}
