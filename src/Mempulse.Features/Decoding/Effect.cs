using Mempulse.Features.Registry;
using Mempulse.Primitives;

namespace Mempulse.Features.Decoding;

/// <summary>What a node does with tokens, as its arguments state it.</summary>
/// <param name="Kind">What happens.</param>
/// <param name="Node">The index of the node.</param>
public readonly record struct Effect(EffectKind Kind, int Node)
{
    /// <summary>The token that is given, transferred or approved; null if the arguments do not name it.</summary>
    public Address? TokenIn { get; init; }

    /// <summary>The token that is received; null if the arguments do not name it.</summary>
    public Address? TokenOut { get; init; }

    /// <summary>How much is given.</summary>
    public Amount AmountIn { get; init; }

    /// <summary>How much is received.</summary>
    public Amount AmountOut { get; init; }

    /// <summary>Recipient, spender or borrower; null if the arguments do not name it.</summary>
    public Address? Counterparty { get; init; }

    /// <summary>The latest time of inclusion in seconds since 1970; null if the call has no deadline.</summary>
    public UInt256? Deadline { get; init; }

    /// <summary>The rule that it was read by.</summary>
    internal EffectRule? Rule { get; init; }

    /// <summary>The element of the rule's array that it was read from; 0 if the rule has no array.</summary>
    internal int Element { get; init; }
}
