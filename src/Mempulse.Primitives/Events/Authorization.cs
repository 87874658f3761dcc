using Mempulse.Primitives.Encoding;

namespace Mempulse.Primitives.Events;

/// <summary>An EIP-7702 authorisation tuple whose signer was recovered.</summary>
/// <param name="ChainId">The chain it is valid on; 0 for every chain.</param>
/// <param name="Authority">The signer: its account delegates to the code, and its nonce rises.</param>
/// <param name="Delegate">The account whose code runs.</param>
/// <param name="Nonce">The nonce that the authority must have for the tuple to be valid.</param>
public readonly record struct Authorization(ChainId ChainId, Address Authority, Address Delegate, Nonce Nonce) : IFieldGroup
{
    /// <inheritdoc/>
    public void WriteFields<TFields>(ref TFields fields)
        where TFields : IFieldWriter, allows ref struct
    {
        fields.Number("chainId", ChainId.Value);
        fields.Address("authority", Authority);
        fields.Address("delegate", Delegate);
        fields.Number("nonce", Nonce.Value);
    }

    internal static void WriteList<TFields>(ref TFields fields, ReadOnlySpan<Authorization> authorizations)
        where TFields : IFieldWriter, allows ref struct
    {
        fields.BeginList("authorizations", authorizations.Length);
        foreach (var authorization in authorizations)
        {
            fields.Item(authorization);
        }

        fields.EndList();
    }

    internal static Authorization Read(ref PayloadReader fields) =>
        new(new ChainId(fields.Number()), fields.Address(), fields.Address(), new Nonce(fields.Number()));
}
