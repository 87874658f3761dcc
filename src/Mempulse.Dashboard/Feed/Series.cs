namespace Mempulse.Dashboard.Feed;

/// <summary>Readings of the last minutes, hours or day, one for each step: a ring of fixed length. Confined to the feed's loop; readers get copies.</summary>
/// <param name="capacity">Readings that are held.</param>
/// <param name="stepSeconds">Seconds from one reading to the next.</param>
internal sealed class Series(int capacity, int stepSeconds)
{
    private readonly Reading?[] _ring = new Reading?[capacity];
    private long _lastStep = -1;

    /// <summary>Seconds from one reading to the next.</summary>
    public int StepSeconds => stepSeconds;

    /// <summary>Adds a reading. The last one of a step stays; steps without a reading are gaps.</summary>
    /// <param name="atSeconds">The time of the reading, in seconds.</param>
    /// <param name="reading">The reading.</param>
    public void Add(long atSeconds, Reading reading)
    {
        long step = atSeconds / stepSeconds;
        for (long missed = Math.Max(_lastStep + 1, step - capacity + 1); missed < step; missed++)
        {
            _ring[missed % capacity] = null;
        }

        if (step >= _lastStep)
        {
            _ring[step % capacity] = reading;
            _lastStep = step;
        }
    }

    /// <summary>The readings in order, the newest last; null where there is a gap.</summary>
    public Reading?[] ToArray()
    {
        var ordered = new Reading?[capacity];
        for (int i = 0; _lastStep >= 0 && i < capacity; i++)
        {
            long step = _lastStep - capacity + 1 + i;
            ordered[i] = step < 0 ? null : _ring[step % capacity];
        }

        return ordered;
    }

    /// <summary>The time of the newest step, in seconds; 0 without one.</summary>
    public long LastSeconds => Math.Max(_lastStep, 0) * stepSeconds;
}
