using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;

namespace Mempulse.Features.Reasons;

/// <summary>The bids of a block as fields.</summary>
internal readonly record struct BlockBidsFields(BlockBids Bids) : IFieldGroup
{
    public void WriteFields<TFields>(ref TFields fields)
        where TFields : IFieldWriter, allows ref struct
    {
        fields.Hash("block", Bids.Block);
        fields.Number("number", Bids.Number.Value);
        fields.Number("size", (ulong)Bids.Size);
        fields.BeginList("bids", Bids.Bids.Count);
        foreach (var bid in Bids.Bids)
        {
            fields.Item(new BidFields(bid));
        }

        fields.EndList();
    }

    public static BlockBids Read(ref PayloadReader fields) => new(fields.Hash(), new BlockNumber(fields.Number()), fields.Count(), fields.List(BidFields.Read));

    private readonly record struct BidFields(IncludedBid Bid) : IFieldGroup
    {
        public void WriteFields<TFields>(ref TFields fields)
            where TFields : IFieldWriter, allows ref struct
        {
            fields.Hash("hash", Bid.Hash);
            fields.Amount("maxFeePerGas", Bid.MaxFeePerGas.Value);
            fields.Amount("maxPriorityFeePerGas", Bid.MaxPriorityFeePerGas.Value);
        }

        public static IncludedBid Read(ref PayloadReader fields) => new(fields.Hash(), new Wei(fields.Amount()), new Wei(fields.Amount()));
    }
}
