namespace Mempulse.Features.Strategies;

/// <summary>Collects what a strategy finds in one transaction.</summary>
public sealed class CandidateList
{
    /// <summary>Candidates of one strategy in one transaction.</summary>
    public const int MaxCandidates = 16;

    private readonly List<Candidate> _found = [];

    /// <summary>The candidates, in the order in which they were found.</summary>
    public IReadOnlyList<Candidate> Found => _found;

    /// <summary>What was not looked at or not kept because of a bound.</summary>
    public ulong LeftOut { get; private set; }

    /// <summary>Adds a candidate; beyond <see cref="MaxCandidates"/> the one that is worth least is left out.</summary>
    /// <exception cref="ArgumentException">The candidate has no legs.</exception>
    public void Add(Candidate candidate)
    {
        ArgumentNullException.ThrowIfNull(candidate);
        if (candidate.Legs.Count == 0)
        {
            throw new ArgumentException("A candidate has no legs: expected at least one.", nameof(candidate));
        }

        _found.Add(candidate);
        if (_found.Count > MaxCandidates)
        {
            int least = 0;
            for (int i = 1; i < _found.Count; i++)
            {
                least = _found[i].ValueWei < _found[least].ValueWei ? i : least;
            }

            _found.RemoveAt(least);
            LeftOut++;
        }
    }

    /// <summary>Counts what a bound of the strategy left out.</summary>
    public void LeaveOut(int count) => LeftOut += (ulong)count;

    internal void Clear()
    {
        _found.Clear();
        LeftOut = 0;
    }
}
