using Mempulse.Primitives;

namespace Mempulse.Net.Ingest;

/// <summary>Restores the input order of chunks that were decoded in parallel.</summary>
/// <remarks>Any worker may finish any chunk. The worker that finishes the next chunk due records it and those that follow.</remarks>
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
        // Two per worker: it decodes one while its previous one waits for its turn.
        int chunks = 2 * workers;
        _recorder = recorder;
        _done = new DecodeChunk?[chunks];
        _free = new Stack<DecodeChunk>(chunks);
        for (int i = 0; i < chunks; i++)
        {
            _free.Push(new DecodeChunk(lane));
        }
    }

    /// <summary>Returns a chunk to fill; blocks while all are in use. Null if the order is broken.</summary>
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

    /// <summary>A chunk was lost by a bug. No worker waits for it, and nothing after it is recorded.</summary>
    public void Break()
    {
        lock (_gate)
        {
            _isBroken = true;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Returns a chunk that was not filled.</summary>
    public void Return(DecodeChunk chunk)
    {
        lock (_gate)
        {
            _free.Push(chunk);
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>Accepts a decoded chunk and records the chunks that are due.</summary>
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
