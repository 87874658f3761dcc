using Mempulse.ChainState.Recorded;
using Mempulse.Evm.State;
using Mempulse.Features.Book;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;
using Mempulse.Replay;

namespace Mempulse.Cli.Captures;

/// <summary>Reads the pools that a fold asks for from the states that were recorded with a capture, as the watcher of a node does.</summary>
/// <remarks>What it reads depends on the fold's state alone, so that two runs read the same.</remarks>
internal sealed class RecordedPools(RecordedStates states)
{
    private const string Lane = "pools";

    /// <summary>Pools that are asked for at once, with those that were not recorded.</summary>
    private const int MaxWanted = 8_192;

    private readonly EventBatch _facts = new(LaneId.Of(Lane));
    private readonly SortedSet<PoolKey> _unread = [];
    private Hash256 _unreadAt;
    private ulong _last;

    /// <summary>Reads what is asked for now.</summary>
    /// <param name="engine">The fold.</param>
    /// <param name="at">The time of the facts.</param>
    /// <returns>The facts; valid until the next call. Empty if nothing is asked for that was recorded.</returns>
    public EventBatch Read(ReplayEngine engine, UnixNanoseconds at)
    {
        _facts.Clear();
        var watch = engine.View<IPoolWatch>();
        if (watch.At is not { } block || states.Blocks.FirstOrDefault(known => known.Block.BaseHash == block.Hash) is not { } recorded)
        {
            return _facts;
        }

        if (_unreadAt != block.Hash)
        {
            _unread.Clear();
            _unreadAt = block.Hash;
        }

        foreach (var pool in watch.Wanted(MaxWanted))
        {
            if (_unread.Contains(pool.Key))
            {
                continue;
            }

            if (Read(recorded, pool) is { } slots)
            {
                _facts.Add(new LogEvent.PoolObserved(block.Hash, block.Number, pool.Key.Contract, pool.Key.Id, IsProven: false, slots), RecordMeta.Fact(_facts.Lane, ++_last, at, default));
            }
            else
            {
                _unread.Add(pool.Key);
            }
        }

        return _facts;
    }

    /// <returns>Null if one of the slots was not recorded.</returns>
    private static List<ObservedSlot>? Read(RecordedBlock recorded, WantedPool pool)
    {
        var known = new SlotValues();
        var slots = new List<ObservedSlot>();
        while (pool.MissingSlots(known) is { Count: > 0 } missing)
        {
            foreach (var slot in missing)
            {
                if (recorded.State.ReadStorage(pool.Key.Contract, slot, out var value) != ReadOutcome.Found)
                {
                    return null;
                }

                var observed = new ObservedSlot(slot, value);
                known.Set(observed);
                slots.Add(observed);
            }
        }

        return slots;
    }
}
