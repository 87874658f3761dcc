using Mempulse.Features.Pools;
using Mempulse.Features.Pools.Ticks;
using Mempulse.Features.Registry;
using Mempulse.Replay.Entries;

namespace Mempulse.Features.Book;

/// <summary>The price, the liquidity in range and the ticks of a pool of Uniswap V3.</summary>
internal sealed record TicksState(TickState Current, TickLedger Ledger) : PoolState
{
    /// <summary>The state, unless no contract can have it: a claim of a node may be anything, and a swap can be computed only from a price of its tick.</summary>
    /// <returns>Null if the price is not one of the tick, or a value is too large.</returns>
    public static TicksState? Of(in TickState current, TickLedger ledger)
    {
        var price = current.SqrtPriceX96;
        if (price < TickMath.MinSqrtPrice || price >= TickMath.MaxSqrtPrice || current.Liquidity.BitLength > TickSlots.LiquidityBits)
        {
            return null;
        }

        int tick = TickMath.TickAt(price);
        bool isOfTick = current.Tick == tick || (current.Tick == tick - 1 && price == TickMath.SqrtPriceAt(tick)); // a swap down that ends at a tick is below it
        return isOfTick ? new TicksState(current, ledger) : null;
    }

    public override IPool ToPool(in PoolTier tier) => new TickPool(Ledger.Table, Current, TickFees.V3(tier.Fee), TickRules.UniswapV3);

    public override IReadOnlyList<SlotExpectation> Expectations() =>
    [
        new SlotExpectation(
            TickSlots.Price,
            TickSlots.PriceBits + TickSlots.TickBits,
            Current.SqrtPriceX96 + WordField.Place(WordField.Read(WordField.OfSigned(Current.Tick), 0, TickSlots.TickBits), TickSlots.PriceBits)),
        new SlotExpectation(TickSlots.Liquidity, TickSlots.LiquidityBits, Current.Liquidity),
    ];

    public override void Encode(EntryWriter writer)
    {
        writer.Write(Current.SqrtPriceX96);
        writer.Write((long)Current.Tick);
        writer.Write(Current.Liquidity);
        Ledger.Encode(writer);
    }

    public static TicksState Decode(ref EntryReader reader) =>
        new(new TickState(reader.ReadUInt256(), (int)reader.ReadInt64(), reader.ReadUInt256()), TickLedger.Decode(ref reader));
}
