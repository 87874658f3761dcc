using Mempulse.Ethereum.Abi;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;

namespace Mempulse.Builder.Execution;

/// <summary>Calls of the executor contract: contracts/MempulseExecutor.sol.</summary>
public static class ExecutorCall
{
    /// <summary>Most exchanges of a call; the fewest are two.</summary>
    public const int MaxSwaps = 4;

    private const string Execute = "execute((address,address,address,bool,uint256,uint256)[],uint256,uint256,uint256)";
    private const int WordsBeforeSwaps = 4;

    /// <summary>Encodes a call that makes exchanges.</summary>
    /// <param name="swaps">Two to four, which begin and end with wrapped ether.</param>
    /// <param name="leastProfit">The least gain after the tip, in wei.</param>
    /// <param name="tip">What the block's fee recipient gets, in wei.</param>
    /// <param name="lastBlock">The last block in which the contract makes them.</param>
    /// <exception cref="ArgumentException">There are fewer than two exchanges, or more than four.</exception>
    public static byte[] Encode(IReadOnlyList<ExecutorSwap> swaps, in UInt256 leastProfit, in UInt256 tip, BlockNumber lastBlock)
    {
        ArgumentNullException.ThrowIfNull(swaps);
        if (swaps.Count is < 2 or > MaxSwaps)
        {
            throw new ArgumentException($"The executor makes 2 to {MaxSwaps} exchanges, not {swaps.Count}.", nameof(swaps));
        }

        var call = new ByteBuffer();
        AbiWords.Function(call, Execute);
        AbiWords.Add(call, UInt256.FromUInt64(WordsBeforeSwaps * UInt256.Size));
        AbiWords.Add(call, leastProfit);
        AbiWords.Add(call, tip);
        AbiWords.Add(call, UInt256.FromUInt64(lastBlock.Value));
        AbiWords.Add(call, UInt256.FromUInt64((ulong)swaps.Count));
        foreach (var swap in swaps)
        {
            AbiWords.Add(call, swap.Pool);
            AbiWords.Add(call, swap.TokenIn);
            AbiWords.Add(call, swap.TokenOut);
            AbiWords.Add(call, swap.IsPair ? UInt256.One : UInt256.Zero);
            AbiWords.Add(call, swap.AmountIn);
            AbiWords.Add(call, swap.AmountOut);
        }

        return call.WrittenSpan.ToArray();
    }
}
