using Mempulse.Primitives.Encoding;

namespace Mempulse.Primitives.Events;

/// <summary>A transaction of a bundle.</summary>
/// <param name="Hash">Its hash.</param>
/// <param name="Sender">Who pays for it.</param>
/// <param name="Nonce">Its nonce.</param>
/// <param name="MaxFeePerGas">What it pays at most for a unit of gas.</param>
/// <param name="IsOwn">True if the operator signed it, false for one of the mempool.</param>
/// <param name="MayRevert">True if the bundle holds although it reverts.</param>
public readonly record struct BundleTx(Hash256 Hash, Address Sender, Nonce Nonce, Wei MaxFeePerGas, bool IsOwn, bool MayRevert) : IFieldGroup
{
    /// <inheritdoc/>
    public void WriteFields<TFields>(ref TFields fields)
        where TFields : IFieldWriter, allows ref struct
    {
        fields.Hash("hash", Hash);
        fields.Address("sender", Sender);
        fields.Number("nonce", Nonce.Value);
        fields.Amount("maxFeePerGas", MaxFeePerGas.Value);
        fields.Flag("own", IsOwn);
        fields.Flag("mayRevert", MayRevert);
    }

    internal static BundleTx Read(ref PayloadReader fields) =>
        new(fields.Hash(), fields.Address(), new Nonce(fields.Number()), new Wei(fields.Amount()), fields.Flag(), fields.Flag());
}
