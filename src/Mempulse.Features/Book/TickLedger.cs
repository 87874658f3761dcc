using Mempulse.Features.Pools.Ticks;
using Mempulse.Primitives;
using Mempulse.Replay.Entries;

namespace Mempulse.Features.Book;

/// <summary>The initialized ticks in the words of a pool's bitmap that are tracked. Immutable, but for the table that it makes once it is asked for.</summary>
internal sealed class TickLedger
{
    /// <summary>Ticks that are kept of one pool: all of the words that are read.</summary>
    public const int MaxTicks = ((2 * TickSlots.MaxWords) + 1) * TickSlots.TicksOfWord;

    private const int WordBits = 8;

    private readonly TickLiquidity[] _ticks; // ascending
    private TickTable? _table;

    /// <exception cref="ArgumentException">The ticks do not rise, or one of them is not a multiple of the spacing, or is outside of the words.</exception>
    public TickLedger(int spacing, int firstWord, int lastWord, TickLiquidity[] ticks)
    {
        (Spacing, FirstWord, LastWord, _ticks) = (spacing, firstWord, lastWord, ticks);
        for (int i = 0; i < ticks.Length; i++)
        {
            int tick = ticks[i].Tick;
            if (tick % spacing != 0 || !Tracks(tick) || (i > 0 && ticks[i - 1].Tick >= tick))
            {
                throw new ArgumentException($"Tick {tick} is not valid: expected rising multiples of {spacing} in words {firstWord} to {lastWord}.", nameof(ticks));
            }
        }
    }

    public int Spacing { get; }

    public int FirstWord { get; }

    public int LastWord { get; }

    public ReadOnlySpan<TickLiquidity> Ticks => _ticks;

    /// <summary>What a swap needs of it.</summary>
    public TickTable Table => _table ??= new TickTable(Spacing, FirstWord, LastWord, _ticks.Select(static tick => KeyValuePair.Create(tick.Tick, tick.Net)));

    /// <summary>The word of the bitmap that a tick is in.</summary>
    public static int WordOf(int tick, int spacing) => ((tick / spacing) - (tick % spacing < 0 ? 1 : 0)) >> WordBits;

    /// <summary>True if what happens at a tick is known.</summary>
    public bool Tracks(int tick) => WordOf(tick, Spacing) is var word && word >= FirstWord && word <= LastWord;

    /// <summary>A tracked word as the contract keeps it: a bit for each initialized tick.</summary>
    public UInt256 BitsOf(int word)
    {
        var bits = UInt256.Zero;
        foreach (var tick in _ticks)
        {
            if (WordOf(tick.Tick, Spacing) == word)
            {
                bits += WordField.Place(UInt256.One, (tick.Tick / Spacing) & (TickSlots.TicksOfWord - 1));
            }
        }

        return bits;
    }

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
            return amount > 0 && tick % Spacing == 0 && _ticks.Length < MaxTicks ? With([new TickLiquidity(tick, (UInt128)amount, net)]) : null;
        }

        var before = _ticks[place];
        bool fits = amount < 0 ? before.Gross >= (UInt128)(-amount) : UInt128.MaxValue - before.Gross >= (UInt128)amount;
        if (!fits || (net > 0 ? before.Net > Int128.MaxValue - net : before.Net < Int128.MinValue - net))
        {
            return null;
        }

        var gross = amount < 0 ? before.Gross - (UInt128)(-amount) : before.Gross + (UInt128)amount;
        return With([new TickLiquidity(tick, gross, before.Net + net)]);
    }

    /// <summary>The ledger with other values of some ticks.</summary>
    /// <param name="changed">The ticks, in ascending order; without liquidity where a tick is no longer initialized.</param>
    public TickLedger With(ReadOnlySpan<TickLiquidity> changed)
    {
        if (changed.IsEmpty)
        {
            return this;
        }

        var ticks = new List<TickLiquidity>(_ticks.Length + changed.Length);
        int next = 0;
        foreach (var tick in changed)
        {
            int place = PlaceOf(tick.Tick);
            int before = place < 0 ? ~place : place;
            ticks.AddRange(_ticks.AsSpan(next, before - next));
            if (tick.Gross != 0)
            {
                ticks.Add(tick);
            }

            next = place < 0 ? before : before + 1;
        }

        ticks.AddRange(_ticks.AsSpan(next));
        return new TickLedger(Spacing, FirstWord, LastWord, [.. ticks]);
    }

    /// <summary>The ticks that another ledger of the same words has with other values, as they are here: without liquidity where a tick is not initialized here.</summary>
    public TickLiquidity[] ChangedIn(TickLedger other)
    {
        if (ReferenceEquals(this, other))
        {
            return [];
        }

        var changed = new List<TickLiquidity>();
        var (mine, theirs) = (0, 0);
        while (mine < _ticks.Length || theirs < other._ticks.Length)
        {
            int here = mine < _ticks.Length ? _ticks[mine].Tick : int.MaxValue;
            int there = theirs < other._ticks.Length ? other._ticks[theirs].Tick : int.MaxValue;
            if (here > there)
            {
                changed.Add(new TickLiquidity(there, 0, 0));
            }
            else if (here < there || _ticks[mine] != other._ticks[theirs])
            {
                changed.Add(_ticks[mine]);
            }

            mine += here <= there ? 1 : 0;
            theirs += there <= here ? 1 : 0;
        }

        return [.. changed];
    }

    public void Encode(EntryWriter writer)
    {
        writer.WriteCount(Spacing);
        writer.Write((long)FirstWord);
        writer.Write((long)LastWord);
        TickLiquidity.EncodeAll(writer, _ticks);
    }

    public static TickLedger Decode(ref EntryReader reader)
    {
        int spacing = reader.ReadInt32();
        int first = (int)reader.ReadInt64();
        int last = (int)reader.ReadInt64();
        var ticks = TickLiquidity.DecodeAll(ref reader);
        if (spacing < 1)
        {
            throw reader.Malformed($"{spacing} is not a valid spacing of ticks: expected at least 1");
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
