using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Events;
using Mempulse.Replay.Views;

namespace Mempulse.Features.Reasons;

/// <summary>A transaction of the fold as fields.</summary>
internal readonly record struct PoolTxFields(PoolTx Tx) : IFieldGroup
{
    public void WriteFields<TFields>(ref TFields fields)
        where TFields : IFieldWriter, allows ref struct
    {
        fields.Hash("hash", Tx.Hash);
        fields.Code("state", Tx.State);
        fields.Number("firstAt", TxStandingCodec.Of(Tx.FirstAt));
        fields.NullableAddress("sender", Tx.Sender);
        fields.NullableNumber("nonce", Tx.Nonce?.Value);
        fields.Flag("hasBody", Tx.Body is not null);
        fields.Code("type", Tx.Body?.Type ?? default);
        fields.Amount("maxFeePerGas", Tx.Body?.MaxFeePerGas.Value ?? default);
        fields.Amount("maxPriorityFeePerGas", Tx.Body?.MaxPriorityFeePerGas.Value ?? default);
        fields.Amount("maxFeePerBlobGas", Tx.Body?.MaxFeePerBlobGas.Value ?? default);
        fields.Number("blobCount", (ulong)(Tx.Body?.BlobCount ?? 0));
        fields.Number("authorizationCount", (ulong)(Tx.Body?.AuthorizationCount ?? 0));
        fields.NullableHash("block", Tx.Inclusion?.Block);
        fields.Number("number", Tx.Inclusion?.Number.Value ?? 0);
        fields.Number("index", (ulong)(Tx.Inclusion?.Index ?? 0));
        fields.Ternary("outcome", Tx.Inclusion?.Outcome ?? default);
        fields.Flag("isUnverified", Tx.Inclusion?.IsUnverified == true);
        fields.Flag("isAbandoned", Tx.Inclusion?.IsAbandoned == true);
        fields.NullableHash("replacedBy", Tx.ReplacedBy);
        fields.NullableHash("replaces", Tx.Replaces);
    }

    public static PoolTx Read(ref PayloadReader fields) => new()
    {
        Hash = fields.Hash(),
        State = (TxState)fields.Code(),
        FirstAt = TxStandingCodec.Time(fields.Number()),
        Sender = fields.NullableAddress(),
        Nonce = fields.NullableNumber() is { } nonce ? new Nonce(nonce) : null,
        Body = ReadBody(ref fields),
        Inclusion = ReadInclusion(ref fields),
        ReplacedBy = fields.NullableHash(),
        Replaces = fields.NullableHash(),
    };

    private static PoolTxBody? ReadBody(ref PayloadReader fields)
    {
        bool hasBody = fields.Flag();
        var body = new PoolTxBody((TxType)fields.Code(), new Wei(fields.Amount()), new Wei(fields.Amount()), new Wei(fields.Amount()), fields.Count(), fields.Count());
        return hasBody ? body : null;
    }

    private static PoolInclusion? ReadInclusion(ref PayloadReader fields)
    {
        var block = fields.NullableHash();
        var inclusion = new PoolInclusion(block ?? default, new BlockNumber(fields.Number()), fields.Count(), (ExecutionOutcome)fields.Ternary(), fields.Flag(), fields.Flag());
        return block is null ? null : inclusion;
    }
}
