using Mempulse.Ethereum.Hashing;
using Mempulse.Features.Pools.Ticks;
using Mempulse.Primitives;

namespace Mempulse.Features.Book;

/// <summary>The storage of UniswapV3Pool: slot 0 has price and tick, 4 the liquidity in range, 5 the ticks, 6 the bitmap of those that are initialized.</summary>
/// <remarks>Words around the current tick are read: swaps beyond them are not quoted.</remarks>
internal sealed class TickSlots(int spacing) : IPoolSlots
{
    public const int PriceBits = 160;
    public const int TickBits = 24;
    public const int LiquidityBits = 128;

    /// <summary>Ticks in a word of the bitmap.</summary>
    public const int TicksOfWord = 256;

    /// <summary>Words that are read on each side of the current one, at most.</summary>
    public const int MaxWords = 8;

    /// <summary>How far from the current tick is read at least: 5,120 ticks are a factor of 1.67 in the price.</summary>
    private const int Reach = 5_120;

    private const ulong TickMapping = 5;
    private const ulong BitmapMapping = 6;

    /// <summary>The slot of price and tick.</summary>
    public static UInt256 Price { get; } = 0;

    /// <summary>The slot of the liquidity in range.</summary>
    public static UInt256 Liquidity { get; } = 4;

    /// <summary>The slot of a word of the bitmap.</summary>
    public static UInt256 WordSlot(int word) => Mapped(word, BitmapMapping);

    /// <summary>The slot of a tick: its gross liquidity in the lower half, its net liquidity in the upper one.</summary>
    public static UInt256 TickSlot(int tick) => Mapped(tick, TickMapping);

    public IReadOnlyList<UInt256> Missing(SlotValues known)
    {
        if (!known.TryGet(Price, out var price) || !known.TryGet(Liquidity, out _))
        {
            return [Price, Liquidity];
        }

        if (price.IsZero)
        {
            return []; // it does not exist
        }

        var missing = new List<UInt256>();
        var (first, last) = Words(TickOf(price));
        for (int word = first; word <= last; word++)
        {
            var slot = WordSlot(word);
            if (!known.TryGet(slot, out var bits))
            {
                missing.Add(slot);
                continue;
            }

            foreach (int tick in Initialized(word, bits))
            {
                var at = TickSlot(tick);
                if (!known.TryGet(at, out _))
                {
                    missing.Add(at);
                }
            }
        }

        return missing;
    }

    public PoolState? Read(SlotValues known)
    {
        if (!known.TryGet(Price, out var price) || price.IsZero || !known.TryGet(Liquidity, out var liquidity))
        {
            return null;
        }

        var ticks = new List<TickLiquidity>();
        int current = TickOf(price);
        var (first, last) = Words(current);
        for (int word = first; word <= last; word++)
        {
            if (!known.TryGet(WordSlot(word), out var bits))
            {
                return null;
            }

            foreach (int tick in Initialized(word, bits))
            {
                if (!known.TryGet(TickSlot(tick), out var value))
                {
                    return null;
                }

                ticks.Add(new TickLiquidity(tick, WordField.ToUInt128(WordField.Read(value, 0, LiquidityBits)), WordField.ReadSigned128(value, LiquidityBits)));
            }
        }

        return TicksState.Of(
            new TickState(WordField.Read(price, 0, PriceBits), current, WordField.Read(liquidity, 0, LiquidityBits)), new TickLedger(spacing, first, last, [.. ticks]));
    }

    private static int TickOf(in UInt256 price) => (int)WordField.ReadSigned(price, PriceBits, TickBits);

    /// <summary>The words that are read, as far as there are ticks.</summary>
    private (int First, int Last) Words(int tick)
    {
        int each = int.Clamp(Reach / (TicksOfWord * spacing), 1, MaxWords);
        int word = TickLedger.WordOf(tick, spacing);
        int first = int.Max(word - each, TickLedger.WordOf(TickMath.MinTick, spacing));
        return (first, int.Max(first, int.Min(word + each, TickLedger.WordOf(TickMath.MaxTick, spacing))));
    }

    private IEnumerable<int> Initialized(int word, UInt256 bits)
    {
        for (int bit = 0; bit < TicksOfWord; bit++)
        {
            if (!WordField.Read(bits, bit, 1).IsZero)
            {
                yield return ((word * TicksOfWord) + bit) * spacing;
            }
        }
    }

    /// <summary>The slot of a value in a mapping of Solidity, whose key is a number with a sign.</summary>
    private static UInt256 Mapped(int key, ulong mapping)
    {
        Span<byte> words = stackalloc byte[2 * UInt256.Size];
        WordField.OfSigned(key).WriteBigEndian(words);
        UInt256.FromUInt64(mapping).WriteBigEndian(words[UInt256.Size..]);
        Span<byte> hash = stackalloc byte[Hash256.Size];
        Keccak256.Hash(words).CopyTo(hash);
        return UInt256.FromBigEndian(hash);
    }
}
