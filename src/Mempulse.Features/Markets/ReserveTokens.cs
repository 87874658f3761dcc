using Mempulse.Primitives;

namespace Mempulse.Features.Markets;

/// <summary>The contracts of a reserve.</summary>
/// <param name="Token">What is supplied and borrowed.</param>
/// <param name="Supply">The token of what is supplied.</param>
/// <param name="Debt">The token of what is owed.</param>
public readonly record struct ReserveTokens(Address Token, Address Supply, Address Debt)
{
    /// <summary>True for a place of the list that is empty.</summary>
    public bool IsEmpty => Token.IsZero;
}
