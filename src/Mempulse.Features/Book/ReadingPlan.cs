namespace Mempulse.Features.Book;

/// <summary>Which pools are read next, in the order of their use.</summary>
internal sealed class ReadingPlan(int most)
{
    private readonly List<PoolDescriptor> _pools = [];

    /// <summary>The pools.</summary>
    public IReadOnlyList<PoolDescriptor> Pools => _pools;

    private bool IsFull => _pools.Count == most;

    /// <summary>Adds what is to be read of pairs, those that arrived last first.</summary>
    public void AddNewest(PairQueue queue)
    {
        if (IsFull || queue.Count == 0)
        {
            return;
        }

        var pairs = queue.ToList();
        for (int i = pairs.Count - 1; i >= 0 && !IsFull; i--)
        {
            Add(pairs[i]);
        }
    }

    /// <summary>Adds by turns the pairs that arrived last and first, and those of each sender once before any twice.</summary>
    /// <remarks>A flood of requests delays neither those that come last nor those that wait.</remarks>
    public void AddByTurns(PairQueue queue)
    {
        if (IsFull || queue.Count == 0)
        {
            return;
        }

        var pairs = queue.ToList();
        var later = new List<PairEntry>();
        queue.BeginPlan();
        for (int i = 0; i < pairs.Count && !IsFull; i++)
        {
            var pair = pairs[i % 2 == 0 ? pairs.Count - 1 - (i / 2) : i / 2];
            if (queue.TryTakeTurn(pair))
            {
                Add(pair);
            }
            else
            {
                later.Add(pair);
            }
        }

        for (int i = 0; i < later.Count && !IsFull; i++)
        {
            Add(later[i]);
        }
    }

    private void Add(PairEntry pair)
    {
        foreach (var pool in pair.Pools)
        {
            if (pool.Standing != PoolStanding.Held && !IsFull)
            {
                _pools.Add(pool.Descriptor);
            }
        }
    }
}
