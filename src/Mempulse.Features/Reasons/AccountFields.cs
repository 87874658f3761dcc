using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Events;
using Mempulse.Replay.Views;

namespace Mempulse.Features.Reasons;

/// <summary>An account of the fold as fields: what a question reads of it.</summary>
internal readonly record struct AccountFields(PoolAccount Account) : IFieldGroup
{
    public void WriteFields<TFields>(ref TFields fields)
        where TFields : IFieldWriter, allows ref struct
    {
        fields.Address("address", Account.Address);
        fields.NullableNumber("next", Account.Next?.Value);
        fields.Code("knowledge", Account.Knowledge);
        fields.Number("readyEnd", Account.ReadyEnd.Value);
        fields.Number("nonceCount", (ulong)Account.NonceCount);
        fields.BeginList("nonces", Account.Nonces.Count);
        foreach (var nonce in Account.Nonces)
        {
            fields.Item(new NonceFields(nonce));
        }

        fields.EndList();
        fields.BeginList("gaps", Account.Gaps.Count);
        foreach (var gap in Account.Gaps)
        {
            fields.Item(new NonceGapFields(gap));
        }

        fields.EndList();
    }

    public static PoolAccount Read(ref PayloadReader fields)
    {
        var (address, next, knowledge, readyEnd, count) = (fields.Address(), fields.NullableNumber(), (NonceKnowledge)fields.Code(), fields.Number(), fields.Count());
        return new PoolAccount
        {
            Address = address,
            Next = next is { } known ? new Nonce(known) : null,
            Knowledge = knowledge,
            ReadyEnd = new Nonce(readyEnd),
            NonceCount = count,
            Nonces = fields.List(NonceFields.Read),
            Gaps = fields.List(NonceGapFields.Read),
        };
    }

    private readonly record struct NonceFields(PoolNonce Nonce) : IFieldGroup
    {
        public void WriteFields<TFields>(ref TFields fields)
            where TFields : IFieldWriter, allows ref struct
        {
            fields.Number("nonce", Nonce.Nonce.Value);
            fields.Hash("hash", Nonce.Hash);
            fields.Code("state", Nonce.State);
        }

        public static PoolNonce Read(ref PayloadReader fields) => new(new Nonce(fields.Number()), fields.Hash(), (TxState)fields.Code());
    }

    private readonly record struct NonceGapFields(NonceGap Gap) : IFieldGroup
    {
        public void WriteFields<TFields>(ref TFields fields)
            where TFields : IFieldWriter, allows ref struct
        {
            fields.Number("first", Gap.First.Value);
            fields.Number("last", Gap.Last.Value);
        }

        public static NonceGap Read(ref PayloadReader fields) => new(new Nonce(fields.Number()), new Nonce(fields.Number()));
    }
}
