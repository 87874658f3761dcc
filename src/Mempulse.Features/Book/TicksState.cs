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

    public override IReadOnlyList<SlotExpectation> Expectations(uint draw)
    {
        int word = Ledger.FirstWord + (int)(draw % (uint)(Ledger.LastWord - Ledger.FirstWord + 1));
        var expectations = new List<SlotExpectation>
        {
            new(
                TickSlots.Price,
                TickSlots.PriceBits + TickSlots.TickBits,
                Current.SqrtPriceX96 + WordField.Place(WordField.Read(WordField.OfSigned(Current.Tick), 0, TickSlots.TickBits), TickSlots.PriceBits)),
            new(TickSlots.Liquidity, TickSlots.LiquidityBits, Current.Liquidity),
            new(TickSlots.WordSlot(word), WordField.WordBits, Ledger.BitsOf(word)),
        };
        if (Ledger.Ticks.Length > 0)
        {
            var tick = Ledger.Ticks[(int)(draw % (uint)Ledger.Ticks.Length)];
            var net = WordField.Place(WordField.OfUInt128(unchecked((UInt128)tick.Net)), TickSlots.LiquidityBits);
            expectations.Add(new SlotExpectation(TickSlots.TickSlot(tick.Tick), WordField.WordBits, WordField.OfUInt128(tick.Gross) + net));
        }

        return expectations;
    }

    public override void Encode(EntryWriter writer)
    {
        Encode(writer, Current);
        Ledger.Encode(writer);
    }

    public static TicksState Decode(ref EntryReader reader) => new(DecodeCurrent(ref reader), TickLedger.Decode(ref reader));

    public static void Encode(EntryWriter writer, in TickState current)
    {
        writer.Write(current.SqrtPriceX96);
        writer.Write((long)current.Tick);
        writer.Write(current.Liquidity);
    }

    public static TickState DecodeCurrent(ref EntryReader reader) => new(reader.ReadUInt256(), (int)reader.ReadInt64(), reader.ReadUInt256());
}
