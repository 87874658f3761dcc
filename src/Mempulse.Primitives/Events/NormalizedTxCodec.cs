using Mempulse.Primitives.Encoding;

namespace Mempulse.Primitives.Events;

/// <summary>The fields of <see cref="LogEvent.TxDecoded"/>: one description for owned transactions and decoder views.</summary>
/// <remarks>Keys in docs/formats/events.md; a golden file pins the bytes.</remarks>
public static class NormalizedTxCodec
{
    /// <summary>Writes the fields.</summary>
    public static void WriteFields<TFields, TTx>(ref TFields fields, scoped in TTx tx)
        where TFields : IFieldWriter, allows ref struct
        where TTx : INormalizedTx, allows ref struct
    {
        fields.Code("type", tx.Type);
        fields.Number("chainId", tx.ChainId.Value);
        fields.Number("nonce", tx.Nonce.Value);
        fields.Number("gasLimit", tx.GasLimit.Value);
        fields.NullableAddress("recipient", tx.Recipient);
        fields.Amount("value", tx.Value.Value);
        fields.Amount("maxFeePerGas", tx.MaxFeePerGas.Value);
        fields.Amount("maxPriorityFeePerGas", tx.MaxPriorityFeePerGas.Value);
        fields.Amount("maxFeePerBlobGas", tx.MaxFeePerBlobGas.Value);
        fields.Number("blobCount", (ulong)tx.BlobCount);
        fields.Number("inputLength", (ulong)tx.InputLength);
        fields.Selector("selector", tx.Selector);
        Authorization.WriteList(ref fields, tx.Authorizations);
        fields.Bytes("raw", tx.Raw);
    }

    /// <summary>Reads the fields into an owned transaction.</summary>
    /// <exception cref="EventDecodeException">The payload is malformed.</exception>
    public static NormalizedTx Read(ref PayloadReader fields) => NormalizedTxView.Read(ref fields).ToOwned();
}
