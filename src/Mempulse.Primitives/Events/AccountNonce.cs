using Mempulse.Primitives.Encoding;

namespace Mempulse.Primitives.Events;

/// <summary>An account's next nonce, as a node reported it.</summary>
/// <param name="Account">The account.</param>
/// <param name="Next">The nonce of its next transaction.</param>
public readonly record struct AccountNonce(Address Account, Nonce Next) : IFieldGroup
{
    /// <inheritdoc/>
    public void WriteFields<TFields>(ref TFields fields)
        where TFields : IFieldWriter, allows ref struct
    {
        fields.Address("account", Account);
        fields.Number("next", Next.Value);
    }

    internal static AccountNonce Read(ref PayloadReader fields) => new(fields.Address(), new Nonce(fields.Number()));
}
