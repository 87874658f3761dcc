using Mempulse.Features.Pools;
using Mempulse.Testing.Contracts;

namespace Mempulse.Testing.Pools;

/// <summary>Compares a quote with what a pool of Balancer answers the vault.</summary>
internal static class BalancerAnswer
{
    /// <summary>Whether the pool accepts, and what differs. What the vault refuses besides is not the pool's answer.</summary>
    public static (bool IsFilled, string? Difference) Compare(Quote quote, CallResult answer, bool isGivenIn, Func<string> describe)
    {
        if (quote.Failure is QuoteFailure.Overflow or QuoteFailure.InsufficientLiquidity)
        {
            return (false, null);
        }

        var amount = isGivenIn ? quote.AmountOut : quote.AmountIn;
        bool isSame = quote.IsFilled == answer.IsSuccess && (!answer.IsSuccess || answer.Word(0) == amount);
        return (answer.IsSuccess, isSame ? null : $"{describe()}: {quote}, but the pool {(answer.IsSuccess ? $"says {answer.Word(0)}" : $"reverts with 0x{Convert.ToHexStringLower(answer.Output.Span)}")}");
    }
}
