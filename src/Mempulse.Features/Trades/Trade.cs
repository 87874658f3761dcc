using Mempulse.Features.Decoding;
using Mempulse.Primitives;

namespace Mempulse.Features.Trades;

/// <summary>What a plan exchanges as a whole: the token that its caller gives and the token that it gets, over all hops, splits and payments.</summary>
/// <remarks>Ether and its wrapped token are one token here. If both tokens are the same, the plan is a cycle.</remarks>
/// <param name="Node">The node that contains the whole plan.</param>
/// <param name="TokenIn">The token that is given; null if the calldata does not name it.</param>
/// <param name="TokenOut">The token that is received; null if the calldata does not name it.</param>
public readonly record struct Trade(int Node, Address? TokenIn, Address? TokenOut)
{
    /// <summary>How much is given.</summary>
    public Amount AmountIn { get; init; }

    /// <summary>
    /// How much is received: exact, or the effective minimum, below which the plan fails. It is the largest that follows from the minimums of
    /// the swaps, less what is paid out of it to others, and of the payments at the end.
    /// </summary>
    public Amount AmountOut { get; init; }

    /// <summary>Who receives it; null if the calldata does not name one account.</summary>
    public Address? Recipient { get; init; }

    /// <summary>The latest time of inclusion in seconds since 1970; null if the call has no deadline.</summary>
    public UInt256? Deadline { get; init; }
}
