using Mempulse.Builder.Execution;
using Mempulse.Primitives;

namespace Mempulse.Builder.Assembly;

/// <summary>Gas of a call of the executor, known before it is simulated.</summary>
/// <remarks>The estimate sets the payment, so it is part of the policy's version. The simulation decides with the gas that was used.</remarks>
internal static class LegGas
{
    private const ulong Call = 75_000; // the transaction, its calldata, two balances, the payment
    private const ulong PairSwap = 75_000;
    private const ulong TickSwap = 125_000;

    /// <summary>A limit costs nothing but balance, and a token may be costly.</summary>
    private const ulong LimitPerEstimate = 3;

    /// <summary>What the call is expected to use.</summary>
    public static Gas EstimateOf(IReadOnlyList<ExecutorSwap> swaps)
    {
        ulong gas = Call;
        foreach (var swap in swaps)
        {
            gas += swap.IsPair ? PairSwap : TickSwap;
        }

        return new Gas(gas);
    }

    /// <summary>Its gas limit.</summary>
    public static Gas LimitOf(IReadOnlyList<ExecutorSwap> swaps) => new(EstimateOf(swaps).Value * LimitPerEstimate);
}
