using Mempulse.Primitives.Encoding;

namespace Mempulse.Primitives.Events;

/// <summary>What the oracle of a lending market answers for a token, as it is after a block.</summary>
/// <param name="Token">The token.</param>
/// <param name="Price">The price of one token in the base currency of the market; zero if the oracle has no price.</param>
/// <param name="Feed">The contract whose latest answer the price is; the zero address if it is made of several, or bounded.</param>
public readonly record struct ObservedPrice(Address Token, UInt256 Price, Address Feed) : IFieldGroup
{
    /// <inheritdoc/>
    public void WriteFields<TFields>(ref TFields fields)
        where TFields : IFieldWriter, allows ref struct
    {
        fields.Address("token", Token);
        fields.Amount("price", Price);
        fields.Address("feed", Feed);
    }

    internal static ObservedPrice Read(ref PayloadReader fields) => new(fields.Address(), fields.Amount(), fields.Address());
}
