using Mempulse.Primitives;

namespace Mempulse.Net.Ingest;

/// <summary>Brings chunks that were decoded side by side back into the order of the input.</summary>
/// <remarks>Any worker may finish any chunk; the one that finds the next one due records it and all that follow it.</remarks>
internal sealed class ChunkOrder
{
    private readonly object _gate = new();
    private readonly LaneRecorder _recorder;
    private readonly Stack<DecodeChunk> _free;
    private readonly DecodeChunk?[] _done;
    private long _next;
    private bool _isDraining;
    private bool _isBroken;

    public ChunkOrder(LaneRecorder recorder, LaneId lane, int workers)
    {
        // Two for each worker: it goes on while its last one waits for its turn.
        int chunks = 2 * workers;
        _recorder = recorder;
        _done = new DecodeChunk?[chunks];
        _free = new Stack<DecodeChunk>(chunks);
        for (int i = 0; i < chunks; i++)
        {
            _free.Push(new DecodeChunk(lane));
        }
    }

    /// <summary>A chunk to fill; blocks while all are under way. Null when the order is broken.</summary>
    public DecodeChunk? Rent()
    {
        lock (_gate)
        {
            while (_free.Count == 0 && !_isBroken)
            {
                Monitor.Wait(_gate);
            }

            return _isBroken ? null : _free.Pop();
        }
    }

    /// <summary>A chunk was lost by a bug: nobody waits for it, and nothing after it is recorded.</summary>
    public void Break()
    {
        lock (_gate)
        {
            _isBroken = true;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Gives back a chunk that was not filled.</summary>
    public void Return(DecodeChunk chunk)
    {
        lock (_gate)
        {
            _free.Push(chunk);
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>Takes a decoded chunk and records what is due.</summary>
    public void Finish(DecodeChunk chunk)
    {
        lock (_gate)
        {
            ref var place = ref _done[(int)(chunk.Number % _done.Length)];
            Invariant.That(place is null && chunk.Number >= _next, "INV-64", "a chunk is finished once, and never after its turn");
            place = chunk;
            if (_isDraining)
            {
                return;
            }

            _isDraining = true;
        }

        while (NextDue() is { } due)
        {
            _recorder.Write(due);
            Return(due);
        }
    }

    private DecodeChunk? NextDue()
    {
        lock (_gate)
        {
            ref var place = ref _done[(int)(_next % _done.Length)];
            var due = place;
            _isDraining = due is not null && !_isBroken;
            due = _isDraining ? due : null;
            if (due is not null)
            {
                place = null;
                _next++;
            }

            return due;
        }
    }
}
