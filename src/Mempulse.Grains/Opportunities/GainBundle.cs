using Mempulse.Ethereum.Abi;
using Mempulse.Features.Pools.Ticks;
using Mempulse.Grains.Abstractions.Opportunities;
using Mempulse.Grains.Abstractions.Simulations;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;

namespace Mempulse.Grains.Opportunities;

/// <summary>The bundle that shows what an opportunity gains: what the sender sent before the trigger, the trigger, then the exchanges by the simulated executor, which begins with the input and ends with what it got.</summary>
internal static class GainBundle
{
    /// <summary>Returns why an opportunity cannot be simulated, in a sentence; empty if it can.</summary>
    public static string Problem(OppView opp) =>
        opp.Obstacle.Length > 0 ? opp.Obstacle
        : opp.Legs.FirstOrDefault(static leg => leg.Form == OppLegForm.Unknown) is { } unknown ? $"The form of pool {unknown.Pool} is not known."
        : string.Empty;

    /// <summary>The request to simulate it on the state that it was computed on.</summary>
    /// <param name="chain">The chain.</param>
    /// <param name="opp">The opportunity.</param>
    /// <param name="before">The transactions before the trigger. One that reverts uses its nonce, so that the trigger can still follow.</param>
    /// <param name="trigger">The trigger.</param>
    public static SimQuery Of(ChainId chain, OppView opp, IReadOnlyList<ReadOnlyMemory<byte>> before, ReadOnlyMemory<byte> trigger)
    {
        var calls = new ByteBuffer();
        var call = new ByteBuffer();
        AbiWords.Function(call, "deposit()");
        Make(calls, call, opp.Token, opp.Input);
        foreach (var leg in opp.Legs)
        {
            if (leg.Form == OppLegForm.Pair)
            {
                SwapPair(calls, call, leg);
            }
            else
            {
                SwapTicks(calls, call, leg);
            }
        }

        AbiWords.Function(call, "withdraw(uint256)");
        AbiWords.Add(call, opp.Legs[^1].AmountOut);
        Make(calls, call, opp.Token, UInt256.Zero);
        return new SimQuery
        {
            Transactions = [.. before.Select(static tx => new SimTransaction(tx, MayRevert: true)), new SimTransaction(trigger, MayRevert: false), new SimTransaction(SimulatedExecutor.Sign(chain, calls.WrittenSpan), MayRevert: false)],
            Block = opp.Base.ToString(),
            Account = SimulatedExecutor.Account,
            Opportunity = opp.Id,
            Overrides =
            [
                new SimOverride { Address = SimulatedExecutor.Caller, Balance = SimulatedExecutor.GasMoney, Nonce = default(Nonce) },
                new SimOverride { Address = SimulatedExecutor.Account, Balance = new Wei(opp.Input), Code = SimulatedExecutor.Code },
            ],
        };
    }

    /// <summary>A pair takes what was sent to it, and gives what it is asked for.</summary>
    private static void SwapPair(ByteBuffer calls, ByteBuffer call, OppLegView leg)
    {
        AbiWords.Function(call, "transfer(address,uint256)");
        AbiWords.Add(call, leg.Pool);
        AbiWords.Add(call, leg.AmountIn);
        Make(calls, call, leg.TokenIn, UInt256.Zero);

        bool isZeroForOne = leg.TokenIn < leg.TokenOut;
        AbiWords.Function(call, "swap(uint256,uint256,address,bytes)");
        AbiWords.Add(call, isZeroForOne ? UInt256.Zero : leg.AmountOut);
        AbiWords.Add(call, isZeroForOne ? leg.AmountOut : UInt256.Zero);
        AbiWords.Add(call, SimulatedExecutor.Account);
        AbiWords.Add(call, 4 * UInt256.Size); // where the bytes begin; they are empty
        AbiWords.Add(call, UInt256.Zero);
        Make(calls, call, leg.Pool, UInt256.Zero);
    }

    /// <summary>A pool of ticks asks for what it is owed; the bytes say of which token.</summary>
    private static void SwapTicks(ByteBuffer calls, ByteBuffer call, OppLegView leg)
    {
        bool isZeroForOne = leg.TokenIn < leg.TokenOut;
        AbiWords.Function(call, "swap(address,bool,int256,uint160,bytes)");
        AbiWords.Add(call, SimulatedExecutor.Account);
        AbiWords.Add(call, isZeroForOne ? UInt256.One : UInt256.Zero);
        AbiWords.Add(call, leg.AmountIn);
        AbiWords.Add(call, isZeroForOne ? TickMath.MinSqrtPrice + UInt256.One : TickMath.MaxSqrtPrice - UInt256.One);
        AbiWords.Add(call, 5 * UInt256.Size);
        AbiWords.Add(call, UInt256.Size);
        AbiWords.Add(call, leg.TokenIn);
        Make(calls, call, leg.Pool, UInt256.Zero);
    }

    private static void Make(ByteBuffer calls, ByteBuffer call, in Address target, in UInt256 value)
    {
        SimulatedExecutor.AddCall(calls, target, value, call.WrittenSpan);
        call.Clear();
    }
}
