namespace Mempulse.Features.Pools.Ticks;

/// <summary>The initialized ticks of a pool within the words of its bitmap that are tracked. Immutable.</summary>
/// <remarks>A word is 256 multiples of the spacing, as in the contract: a swap stops at the end of each, where amounts are rounded.</remarks>
public sealed class TickTable
{
    private const int WordBits = 8;

    private readonly int[] _ticks;
    private readonly Int128[] _nets;

    /// <summary>Creates a table.</summary>
    /// <param name="spacing">The distance of ticks that may be initialized; at least 1.</param>
    /// <param name="firstWord">Index of the first tracked word.</param>
    /// <param name="lastWord">Index of the last tracked word; every word between is tracked.</param>
    /// <param name="ticks">The initialized ticks of these words with the liquidity that comes into range when the price rises through them, in any order.</param>
    /// <exception cref="ArgumentException">A tick occurs twice, is not a multiple of the spacing, or is outside the tracked words.</exception>
    public TickTable(int spacing, int firstWord, int lastWord, IEnumerable<KeyValuePair<int, Int128>> ticks)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(spacing, 1);
        ArgumentNullException.ThrowIfNull(ticks);
        (Spacing, FirstWord, LastWord) = (spacing, firstWord, lastWord);
        KeyValuePair<int, Int128>[] sorted = [.. ticks.OrderBy(static tick => tick.Key)];
        _ticks = Array.ConvertAll(sorted, static tick => tick.Key);
        _nets = Array.ConvertAll(sorted, static tick => tick.Value);
        for (int i = 0; i < _ticks.Length; i++)
        {
            int tick = _ticks[i];
            if (tick % spacing != 0 || !IsTracked(tick / spacing) || (i > 0 && _ticks[i - 1] == tick))
            {
                throw new ArgumentException($"Tick {tick} is not valid: expected each multiple of {spacing} in words {firstWord} to {lastWord} once.", nameof(ticks));
            }
        }
    }

    /// <summary>The distance of ticks that may be initialized.</summary>
    public int Spacing { get; }

    /// <summary>Index of the first tracked word.</summary>
    public int FirstWord { get; }

    /// <summary>Index of the last tracked word.</summary>
    public int LastWord { get; }

    /// <summary>Number of initialized ticks.</summary>
    public int Count => _ticks.Length;

    /// <summary>A table of all words of the bitmap.</summary>
    public static TickTable Whole(int spacing, IEnumerable<KeyValuePair<int, Int128>> ticks) =>
        new(spacing, WordOf(Compress(TickMath.MinTick, spacing)), WordOf(Compress(TickMath.MaxTick, spacing)), ticks);

    /// <summary>Finds where a swap stops next: the next initialized tick in the word, or the word's end.</summary>
    /// <param name="tick">The current tick.</param>
    /// <param name="direction">Where the price goes.</param>
    /// <param name="next">The tick.</param>
    /// <param name="net">The liquidity that comes into range when the price rises through it; zero at the end of a word.</param>
    /// <returns>False if the word is not tracked.</returns>
    internal bool TryNext(int tick, SwapDirection direction, out int next, out Int128 net)
    {
        int compressed = Compress(tick, Spacing) + (direction == SwapDirection.ZeroForOne ? 0 : 1);
        next = 0;
        net = 0;
        if (!IsTracked(compressed))
        {
            return false;
        }

        int place = PlaceOf(compressed, direction);
        int first = WordOf(compressed) << WordBits;
        if (direction == SwapDirection.ZeroForOne)
        {
            next = first * Spacing;
            return place < 0 || _ticks[place] < next || Take(place, out next, out net);
        }

        next = (first + (1 << WordBits) - 1) * Spacing;
        return place == _ticks.Length || _ticks[place] > next || Take(place, out next, out net);
    }

    /// <summary>Finds where a swap without liquidity goes: amounts do not depend on the stops between, so it is the next initialized tick, or the last tick of all.</summary>
    /// <returns>False if a word before is not tracked.</returns>
    internal bool TryNextInitialized(int tick, SwapDirection direction, out int next, out Int128 net)
    {
        int compressed = Compress(tick, Spacing) + (direction == SwapDirection.ZeroForOne ? 0 : 1);
        int place = PlaceOf(compressed, direction);
        net = 0;
        next = direction == SwapDirection.ZeroForOne ? TickMath.MinTick : TickMath.MaxTick;
        return IsTracked(compressed) && (place >= 0 && place < _ticks.Length ? Take(place, out next, out net) : IsTracked(Compress(next, Spacing)));
    }

    /// <summary>Place of the next initialized tick from a multiple of the spacing on; outside the array where no tick follows.</summary>
    private int PlaceOf(int compressed, SwapDirection direction)
    {
        int place = Array.BinarySearch(_ticks, compressed * Spacing);
        return place >= 0 ? place : ~place - (direction == SwapDirection.ZeroForOne ? 1 : 0);
    }

    private static int WordOf(int compressed) => compressed >> WordBits;

    /// <summary>The tick in units of the spacing, rounded down.</summary>
    private static int Compress(int tick, int spacing)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(spacing, 1);
        return (tick / spacing) - (tick % spacing < 0 ? 1 : 0);
    }

    private bool IsTracked(int compressed) => WordOf(compressed) >= FirstWord && WordOf(compressed) <= LastWord;

    private bool Take(int place, out int tick, out Int128 net)
    {
        (tick, net) = (_ticks[place], _nets[place]);
        return true;
    }
}
