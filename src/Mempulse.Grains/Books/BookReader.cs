using Mempulse.ChainState;
using Mempulse.Features.Book;
using Mempulse.Features.Registry;
using Mempulse.Grains.Abstractions.Books;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Sim.Outcomes;

namespace Mempulse.Grains.Books;

/// <summary>Reads the slots of pools at one block. What a node claims and its proof refutes is not read, and the node is named.</summary>
internal sealed class BookReader(IStateProvider provider)
{
    /// <summary>A pool of ticks takes three rounds: its price, its bitmap, its ticks.</summary>
    private const int MaxRounds = 8;

    /// <summary>Reads what a plan asks for.</summary>
    /// <exception cref="StateUnavailableException">No node has the block.</exception>
    public async Task<BookReadings> ReadAsync(BookPlan plan, CancellationToken cancellationToken)
    {
        var state = await provider.AtAsync(plan.Head, cancellationToken).ConfigureAwait(false);
        var facts = new List<LogEvent>();
        var problems = new List<string>();
        await HoldSamplesAsync(plan, state, facts, problems, cancellationToken).ConfigureAwait(false);
        var unread = await ReadPoolsAsync(plan, state, facts, problems, cancellationToken).ConfigureAwait(false);
        return new BookReadings(facts, problems.Count > 0 ? problems[0] : string.Empty, unread);
    }

    private static async Task HoldSamplesAsync(BookPlan plan, IBlockState state, List<LogEvent> facts, List<string> problems, CancellationToken cancellationToken)
    {
        var wanted = plan.Samples.Select(static sample => new AccountParts(sample.Contract, [.. sample.Slots.Select(static slot => slot.Slot)]) { WithCode = false }).ToList();
        var refuted = await new SlotFetch("pool", problems).FetchAsync(state, wanted, cancellationToken).ConfigureAwait(false);
        if (state.Trust != StateTrust.Verified)
        {
            return; // a claim proves nothing against the log
        }

        foreach (var sample in plan.Samples.Where(sample => !refuted.Contains(sample.Contract)))
        {
            foreach (var slot in sample.Slots)
            {
                if (SlotFetch.TryRead(state, sample.Contract, slot.Slot, out var value) && !new SlotExpectation(slot.Slot, slot.Bits, slot.Value).IsMetBy(value))
                {
                    facts.Add(new LogEvent.StateDivergence(plan.Head, plan.Number, sample.Contract, sample.Id, sample.Cause, new ObservedSlot(slot.Slot, value), slot.Value));
                    break;
                }
            }
        }
    }

    /// <returns>The pools that the source does not have, although it answered.</returns>
    private static async Task<List<PlannedPool>> ReadPoolsAsync(BookPlan plan, IBlockState state, List<LogEvent> facts, List<string> problems, CancellationToken cancellationToken)
    {
        var readings = plan.Wanted.Select(static pool => new PoolReading(pool)).ToList();
        var unread = new List<PlannedPool>();
        for (int round = 0; round < MaxRounds && readings.Exists(static reading => reading.Missing().Count > 0); round++)
        {
            var wanted = readings.SelectMany(static reading => reading.Missing().Chunk(AccountParts.MaxSlots).Select(slots => new AccountParts(reading.Pool.Contract, slots) { WithCode = false })).ToList();
            int before = problems.Count;
            var refuted = await new SlotFetch("pool", problems).FetchAsync(state, wanted, cancellationToken).ConfigureAwait(false);
            bool isAnswered = problems.Count == before;
            foreach (var reading in readings.Where(reading => refuted.Contains(reading.Pool.Contract) || !reading.Take(state)).ToList())
            {
                readings.Remove(reading);
                if (isAnswered)
                {
                    unread.Add(reading.Pool);
                }
            }
        }

        bool isProven = state.Trust == StateTrust.Verified;
        facts.AddRange(readings.Where(static reading => reading.Missing().Count == 0).Select(reading =>
            new LogEvent.PoolObserved(plan.Head, plan.Number, reading.Pool.Contract, reading.Pool.Id, isProven, reading.Slots)));
        return unread;
    }

    /// <summary>A pool that is being read.</summary>
    private sealed class PoolReading(PlannedPool pool)
    {
        private readonly WantedPool _wanted = new(new PoolKey(pool.Contract, pool.Id), pool.Spacing == 0 ? PoolForm.Pair : PoolForm.Ticks, pool.Spacing);
        private readonly SlotValues _known = new();
        private readonly List<ObservedSlot> _slots = [];

        public PlannedPool Pool => pool;

        public IReadOnlyList<ObservedSlot> Slots => _slots;

        public IReadOnlyList<UInt256> Missing() => _wanted.MissingSlots(_known);

        /// <summary>Takes what was fetched; false if a slot was not.</summary>
        public bool Take(IBlockState state)
        {
            foreach (var slot in Missing())
            {
                if (!SlotFetch.TryRead(state, pool.Contract, slot, out var value))
                {
                    return false;
                }

                var observed = new ObservedSlot(slot, value);
                _known.Set(observed);
                _slots.Add(observed);
            }

            return true;
        }
    }
}
