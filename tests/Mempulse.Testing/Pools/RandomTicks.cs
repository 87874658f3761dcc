using Mempulse.Features.Pools.Ticks;
using Mempulse.Primitives;
using Mempulse.Testing.Contracts;

namespace Mempulse.Testing.Pools;

/// <summary>A random pool of ticks: positions around a price.</summary>
internal sealed class RandomTicks
{
    private const int MostPositions = 8;
    private const int WordBits = 8;

    private readonly SortedDictionary<int, (UInt256 Gross, Int128 Net)> _ticks = [];

    public RandomTicks(PoolRandom random, int spacing)
    {
        int reach = Math.Min(random.OneIn(4) ? TickMath.MaxTick : 64 * spacing * random.Between(1, 64), TickMath.MaxTick);
        int middle = random.Between(-TickMath.MaxTick + 1, TickMath.MaxTick - 1);
        int low = Math.Max(middle - reach, TickMath.MinTick) / spacing;
        int high = Math.Min(middle + reach, TickMath.MaxTick) / spacing;
        for (int i = random.Between(1, MostPositions); i > 0; i--)
        {
            Add(random.Between(low, high - 1) * spacing, random.Between(low + 1, high) * spacing, random.Number(1, random.OneIn(3) ? 110 : 70));
        }

        Table = TickTable.Whole(spacing, _ticks.Select(static tick => KeyValuePair.Create(tick.Key, tick.Value.Net)));
        State = Place(random, spacing, middle);
    }

    /// <summary>The ticks.</summary>
    public TickTable Table { get; }

    /// <summary>Price and liquidity.</summary>
    public TickState State { get; }

    /// <summary>Writes the ticks into a contract's storage.</summary>
    public void Store(ContractScene scene, Address contract, UInt256 ticks, UInt256 bitmap)
    {
        var words = new SortedDictionary<int, UInt256>();
        foreach (var (tick, (gross, net)) in _ticks)
        {
            var size = unchecked((UInt128)net);
            var slot = CallData.Slot(Signed(tick), ticks);
            scene.Set(contract, slot, new UInt256(gross.Limb(0), gross.Limb(1), (ulong)(size & ulong.MaxValue), (ulong)(size >> 64)));
            scene.Set(contract, slot + 3, new UInt256(0, 0, 0, 1UL << 56)); // initialized, where V3 keeps it
            int compressed = tick / Table.Spacing;
            UInt256.ShiftLeft(UInt256.One, compressed & 255, out var bit);
            words[compressed >> WordBits] = words.GetValueOrDefault(compressed >> WordBits) + bit;
        }

        foreach (var (word, bits) in words)
        {
            scene.Set(contract, CallData.Slot(Signed(word), bitmap), bits);
        }
    }

    /// <summary>A number with a sign as a word.</summary>
    public static UInt256 Signed(int value)
    {
        UInt256 size = (ulong)Math.Abs(value);
        if (value < 0)
        {
            UInt256.NegateWrapping(size, out size);
        }

        return size;
    }

    private void Add(int first, int second, UInt256 liquidity)
    {
        if (first == second)
        {
            return;
        }

        var size = new UInt128(liquidity.Limb(1), liquidity.Limb(0));
        Touch(Math.Min(first, second), liquidity, (Int128)size);
        Touch(Math.Max(first, second), liquidity, -(Int128)size);
    }

    private void Touch(int tick, UInt256 gross, Int128 net)
    {
        var (had, was) = _ticks.GetValueOrDefault(tick);
        _ticks[tick] = (had + gross, was + net);
    }

    private TickState Place(PoolRandom random, int spacing, int middle)
    {
        int tick = Math.Clamp(random.OneIn(4) && _ticks.Count > 0 ? _ticks.Keys.ElementAt(random.Below(_ticks.Count)) : middle, TickMath.MinTick, TickMath.MaxTick - 1);
        var price = TickMath.SqrtPriceAt(tick);
        bool isInside = random.Below(4) != 0;
        if (isInside)
        {
            price += random.Below(TickMath.SqrtPriceAt(tick + 1) - price);
        }

        // A swap down that ended at a tick leaves the tick below.
        int kept = !isInside && tick % spacing == 0 && random.OneIn(2) && tick > TickMath.MinTick ? tick - 1 : tick;
        Int128 liquidity = 0;
        foreach (var (at, (_, net)) in _ticks)
        {
            liquidity += at <= kept ? net : 0;
        }

        var size = (UInt128)liquidity;
        return new TickState(price, kept, new UInt256((ulong)(size & ulong.MaxValue), (ulong)(size >> 64), 0, 0));
    }
}
