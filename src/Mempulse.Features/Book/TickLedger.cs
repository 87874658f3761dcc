using Mempulse.Features.Pools.Ticks;
using Mempulse.Replay.Entries;

namespace Mempulse.Features.Book;

/// <summary>The initialized ticks in the words of a pool's bitmap that are tracked. Immutable.</summary>
internal sealed class TickLedger
{
    /// <summary>Ticks that are kept of one pool: all of the words that are read.</summary>
    public const int MaxTicks = ((2 * TickSlots.MaxWords) + 1) * TickSlots.TicksOfWord;

    private const int WordBits = 8;

    private readonly TickLiquidity[] _ticks; // ascending

    /// <exception cref="ArgumentException">A tick occurs twice, is not a multiple of the spacing, or is outside of the words.</exception>
    public TickLedger(int spacing, int firstWord, int lastWord, TickLiquidity[] ticks)
    {
        (Spacing, FirstWord, LastWord, _ticks) = (spacing, firstWord, lastWord, ticks);
        Table = new TickTable(spacing, firstWord, lastWord, _ticks.Select(static tick => KeyValuePair.Create(tick.Tick, tick.Net)));
    }

    public int Spacing { get; }

    public int FirstWord { get; }

    public int LastWord { get; }

    public ReadOnlySpan<TickLiquidity> Ticks => _ticks;

    /// <summary>What a swap needs of it.</summary>
    public TickTable Table { get; }

    /// <summary>The word of the bitmap that a tick is in.</summary>
    public static int WordOf(int tick, int spacing) => ((tick / spacing) - (tick % spacing < 0 ? 1 : 0)) >> WordBits;

    /// <summary>True if what happens at a tick is known.</summary>
    public bool Tracks(int tick) => WordOf(tick, Spacing) is var word && word >= FirstWord && word <= LastWord;

    /// <summary>The ledger after liquidity came to a tick, or left it.</summary>
    /// <param name="tick">The tick; where it is not tracked, nothing changes.</param>
    /// <param name="amount">The liquidity; negative if it leaves.</param>
    /// <param name="isLower">True for the lower end of a position.</param>
    /// <returns>Null if more would leave than is there, the sum is larger than a contract keeps, or there are more ticks than are kept.</returns>
    public TickLedger? With(int tick, Int128 amount, bool isLower)
    {
        if (!Tracks(tick))
        {
            return this;
        }

        var net = isLower ? amount : -amount;
        int place = PlaceOf(tick);
        if (place < 0)
        {
            return amount > 0 && tick % Spacing == 0 && _ticks.Length < MaxTicks
                ? new TickLedger(Spacing, FirstWord, LastWord, [.. _ticks[..~place], new TickLiquidity(tick, (UInt128)amount, net), .. _ticks[~place..]])
                : null;
        }

        var before = _ticks[place];
        bool fits = amount < 0 ? before.Gross >= (UInt128)(-amount) : UInt128.MaxValue - before.Gross >= (UInt128)amount;
        if (!fits || (net > 0 ? before.Net > Int128.MaxValue - net : before.Net < Int128.MinValue - net))
        {
            return null;
        }

        var gross = amount < 0 ? before.Gross - (UInt128)(-amount) : before.Gross + (UInt128)amount;
        return gross == 0
            ? new TickLedger(Spacing, FirstWord, LastWord, [.. _ticks[..place], .. _ticks[(place + 1)..]])
            : new TickLedger(Spacing, FirstWord, LastWord, [.. _ticks[..place], new TickLiquidity(tick, gross, before.Net + net), .. _ticks[(place + 1)..]]);
    }

    public void Encode(EntryWriter writer)
    {
        writer.WriteCount(Spacing);
        writer.Write((long)FirstWord);
        writer.Write((long)LastWord);
        writer.WriteCount(_ticks.Length);
        foreach (var tick in _ticks)
        {
            writer.Write((long)tick.Tick);
            writer.Write(tick.Gross);
            writer.Write(unchecked((UInt128)tick.Net));
        }
    }

    public static TickLedger Decode(ref EntryReader reader)
    {
        int spacing = reader.ReadInt32();
        int first = (int)reader.ReadInt64();
        int last = (int)reader.ReadInt64();
        var ticks = new TickLiquidity[reader.ReadCount()];
        for (int i = 0; i < ticks.Length; i++)
        {
            ticks[i] = new TickLiquidity((int)reader.ReadInt64(), reader.ReadUInt128(), unchecked((Int128)reader.ReadUInt128()));
        }

        try
        {
            return new TickLedger(spacing, first, last, ticks);
        }
        catch (ArgumentException invalid)
        {
            throw reader.Malformed(invalid.Message);
        }
    }

    private int PlaceOf(int tick)
    {
        int low = 0;
        int high = _ticks.Length - 1;
        while (low <= high)
        {
            int middle = (low + high) / 2;
            if (_ticks[middle].Tick == tick)
            {
                return middle;
            }

            (low, high) = _ticks[middle].Tick < tick ? (middle + 1, high) : (low, middle - 1);
        }

        return ~low;
    }
}
