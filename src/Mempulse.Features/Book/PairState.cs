using Mempulse.Features.Pools;
using Mempulse.Features.Pools.ConstantProduct;
using Mempulse.Features.Registry;
using Mempulse.Primitives;
using Mempulse.Replay.Entries;

namespace Mempulse.Features.Book;

/// <summary>The reserves of a pair of Uniswap V2, as the contract keeps them; tokens that were sent to it since do not count.</summary>
internal sealed record PairState(UInt256 Reserve0, UInt256 Reserve1) : PoolState
{
    public override IPool ToPool(in PoolTier tier) => new ConstantProductPool(Reserve0, Reserve1, new ProductFee(tier.Of - tier.Fee, tier.Of));

    public override IReadOnlyList<SlotExpectation> Expectations(uint draw) => [new SlotExpectation(PairSlots.Reserves, 2 * PairSlots.ReserveBits, Reserve0 + WordField.Place(Reserve1, PairSlots.ReserveBits))];

    public override void Encode(EntryWriter writer)
    {
        writer.Write(Reserve0);
        writer.Write(Reserve1);
    }

    public static PairState Decode(ref EntryReader reader) => new(reader.ReadUInt256(), reader.ReadUInt256());
}
