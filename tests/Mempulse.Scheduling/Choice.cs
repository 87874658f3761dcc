namespace Mempulse.Scheduling;

/// <summary>Chooses which strand continues, by a seed: at random, seldom changing, or by priorities that change at a few random steps.</summary>
/// <remarks>
/// The third is probabilistic concurrency testing (Burckhardt et al., ASPLOS 2010), which finds a fault that needs few particular changes with a
/// known probability; the first two find those that need many.
/// </remarks>
internal sealed class Choice
{
    private const int Ways = 4;
    private const int PriorityChanges = 3;
    private const int ExpectedSteps = 256;
    private const int MaxTimeouts = 3;

    private readonly int _way;
    private readonly List<int> _changes = [];
    private ulong _state;
    private int _step;
    private int _lowest;
    private int _timeouts;

    public Choice(ulong seed)
    {
        _state = seed;
        _way = Below(Ways);
        for (int i = 0; i < PriorityChanges; i++)
        {
            _changes.Add(Below(ExpectedSteps));
        }
    }

    /// <summary>A number from 0 to one less than <paramref name="limit"/>.</summary>
    public int Below(int limit)
    {
        unchecked
        {
            // SplitMix64: word arithmetic modulo 2^64.
            _state += 0x9e3779b97f4a7c15;
            ulong mixed = (_state ^ (_state >> 30)) * 0xbf58476d1ce4e5b9;
            mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111eb;
            return (int)((mixed ^ (mixed >> 31)) % (ulong)limit);
        }
    }

    /// <summary>The priority of a new strand.</summary>
    public int NewPriority() => 1 + Below(1 << 20);

    /// <summary>A strand that yields goes behind the others.</summary>
    public void Yielded(Strand strand) => strand.Priority = --_lowest;

    /// <summary>True if the time of a strand that waits is up now. It is so a few times in a schedule, and not for ever.</summary>
    public bool TimesOut()
    {
        if (_timeouts >= MaxTimeouts || Below(8) != 0)
        {
            return false;
        }

        _timeouts++;
        return true;
    }

    /// <summary>True if a strand that need not wait goes on without a choice: half of the time where every choice is random, to spare switches.</summary>
    public bool GoesOn() => _way == 0 && Below(2) == 0;

    /// <summary>Chooses one of at least one strand.</summary>
    public Strand Of(List<Strand> ready, Strand? current)
    {
        _step++;
        if (_way >= 2 && current is not null && _changes.Contains(_step))
        {
            Yielded(current);
        }

        if (ready.Count == 1)
        {
            return ready[0];
        }

        return _way switch
        {
            0 => ready[Below(ready.Count)],
            1 => current is not null && ready.Contains(current) && Below(8) != 0 ? current : ready[Below(ready.Count)],
            _ => ready.MaxBy(strand => strand.Priority)!,
        };
    }
}
