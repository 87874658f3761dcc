using System.Threading.Channels;
using Mempulse.JsonRpc.Calls;
using Mempulse.JsonRpc.Transports;
using Mempulse.Net.Ingest;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Net.Mempool;

/// <summary>Fetches each body once, in batches, from the source that announced it first, and from the others if that one does not have it.</summary>
/// <remarks>Every request ends in a posted body or a recorded drop. Safe for any thread.</remarks>
internal sealed class BodyFetcher
{
    private const int RememberedRefusals = 4096;

    private readonly RpcLaneOptions _options;
    private readonly IngestPipeline _pipeline;
    private readonly TimeProvider _time;
    private readonly DecodedBodies _decoded;
    private readonly RecentSet<Hash256> _claimed;
    private readonly RecentSet<(Hash256 Hash, SourceId Source)> _refused = new(RememberedRefusals);
    private readonly Channel<BodyRequest>[] _queues;
    private readonly Channel<BodyRequest> _later = Channel.CreateUnbounded<BodyRequest>();
    private readonly BodyForms[] _forms;
    private readonly bool[] _isConnected;
    private int _waitingCount;

    public BodyFetcher(RpcLaneOptions options, IngestPipeline pipeline, DecodedBodies decoded, RecentSet<Hash256> claimed, TimeProvider time)
    {
        _options = options;
        _pipeline = pipeline;
        _decoded = decoded;
        _claimed = claimed;
        _time = time;
        _forms = [.. options.Endpoints.Select(_ => new BodyForms(time))];
        _isConnected = new bool[options.Endpoints.Count];
        _queues = new Channel<BodyRequest>[options.Endpoints.Count];
        for (int i = 0; i < _queues.Length; i++)
        {
            // Bounded by _waitingCount over all queues, so that a retry always finds room.
            _queues[i] = Channel.CreateUnbounded<BodyRequest>();
        }
    }

    /// <summary>Requests a body, unless it is on record or requested already.</summary>
    /// <returns>False if it was dropped because too many bodies are waiting.</returns>
    public bool Request(Hash256 hash, int source)
    {
        if (_decoded.Contains(hash) || !_claimed.Add(hash))
        {
            return true;
        }

        if (Interlocked.Increment(ref _waitingCount) > _options.BodyQueueCapacity)
        {
            Settle(hash, isPosted: false);
            _pipeline.RecordDrop(DropReason.QueueFull, "body requests", SourceOf(source), hash, "Too many bodies are waiting to be fetched.");
            return false;
        }

        Enqueue(new BodyRequest(hash, source, 0, 0), source);
        return true;
    }

    /// <summary>Requests a body from another source after <paramref name="source"/> returned an invalid copy. A source with an invalid copy is not asked again.</summary>
    /// <remarks>The invalid copy is recorded as a drop. If every source returned one, or there is no room, nothing further happens.</remarks>
    public void RequestElsewhere(Hash256 hash, SourceId source)
    {
        if (!_refused.Add((hash, source)) || SourceWithoutRefusal(hash) is not { } other || !_claimed.Add(hash))
        {
            return;
        }

        if (Interlocked.Increment(ref _waitingCount) > _options.BodyQueueCapacity)
        {
            Settle(hash, isPosted: false);
            return;
        }

        Enqueue(new BodyRequest(hash, other, 0, 0), other);
    }

    /// <summary>Fetches bodies from one source while it is connected.</summary>
    /// <exception cref="RpcTransportException">The source does not answer.</exception>
    public async Task RunSourceAsync(int source, RpcClient client, CancellationToken cancellationToken)
    {
        _forms[source].Reset();
        Volatile.Write(ref _isConnected[source], true);
        Interlocked.MemoryBarrier();
        TakeOver(source);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        int loops = client.IsSerial ? 1 : _options.BodyCallsInFlight;
        Task[] fetching = [.. Enumerable.Range(0, loops).Select(_ => FetchAsync(source, client, ended.Token))];
        try
        {
            await (await Task.WhenAny(fetching).ConfigureAwait(false)).ConfigureAwait(false);
        }
        finally
        {
            Volatile.Write(ref _isConnected[source], false);

            // Each loop gives back the requests that it holds, before the lane may drop what is left.
            await ended.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(fetching).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            HandOver(source);
        }
    }

    /// <summary>Records every waiting request as dropped. Nothing is fetched afterwards.</summary>
    public void DropAll()
    {
        foreach (var queue in _queues.Append(_later))
        {
            while (queue.Reader.TryRead(out var request))
            {
                Drop(request, "The lane was stopped.");
            }
        }
    }

    /// <summary>Queues requests again after their pause. Runs as long as the lane.</summary>
    public async Task RunRetriesAsync(CancellationToken cancellationToken)
    {
        // All pauses are equal, so requests come due in order. A request stays in the queue while it waits, so that a lane that stops finds it there.
        while (await _later.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false))
        {
            while (_later.Reader.TryPeek(out var next))
            {
                var wait = _time.GetElapsedTime(_time.GetTimestamp(), next.NotBefore);
                if (wait > TimeSpan.Zero)
                {
                    await Task.Delay(wait, _time, cancellationToken).ConfigureAwait(false);
                }

                if (_later.Reader.TryRead(out var due))
                {
                    Enqueue(due, due.Source);
                }
            }
        }
    }

    /// <summary>Moves the requests that wait for sources that are not connected to one that is.</summary>
    private void TakeOver(int source)
    {
        for (int other = 0; other < _queues.Length; other++)
        {
            while (!Volatile.Read(ref _isConnected[other]) && _queues[other].Reader.TryRead(out var request))
            {
                Enqueue(request, source);
            }
        }
    }

    private void Enqueue(BodyRequest request, int source)
    {
        _queues[source].Writer.TryWrite(request with { Source = source });

        // A notification can be read, and a pause can end, after the source was lost: then its queue was handed over before this request was in it.
        HandOver(source);
    }

    /// <summary>Moves the requests that wait for a source that is not connected to one that is, after a pause. Without one they wait for the first that connects.</summary>
    private void HandOver(int source)
    {
        // A queue is written before the flags are read, and a flag before the queues: of two threads that meet here, one sees what the other did.
        Interlocked.MemoryBarrier();
        while (!Volatile.Read(ref _isConnected[source]) && NextConnected(source) != source && _queues[source].Reader.TryRead(out var request))
        {
            Retry(request, "The source was lost.");
        }
    }

    private async Task FetchAsync(int source, RpcClient client, CancellationToken cancellationToken)
    {
        var batch = new List<BodyRequest>(_options.BodiesPerCall);
        var reader = _queues[source].Reader;
        while (await reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false))
        {
            batch.Clear();
            while (batch.Count < _options.BodiesPerCall && reader.TryRead(out var request))
            {
                batch.Add(request);
            }

            if (batch.Count > 0)
            {
                await FetchBatchAsync(source, client, batch, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task FetchBatchAsync(int source, RpcClient client, List<BodyRequest> batch, CancellationToken cancellationToken)
    {
        var fetched = new FetchedBodies(batch, _options.Chain);
        try
        {
            var form = _forms[source].Preferred;
            await AskAsync(source, client, form, fetched, cancellationToken).ConfigureAwait(false);
            if (fetched.HasAnotherWay)
            {
                await AskAsync(source, client, BodyForms.Other(form), fetched, cancellationToken).ConfigureAwait(false);
            }

            await fetched.SettleAsync(PostAsync, Retry, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            // The source failed in between: the remaining requests go to another source.
            fetched.GiveUp(Retry, "The source did not answer.");
        }
    }

    /// <summary>Asks for the bodies in one form, at first for all, then for those that another form may still bring.</summary>
    private async Task AskAsync(int source, RpcClient client, BodyForm form, FetchedBodies fetched, CancellationToken cancellationToken)
    {
        var wanted = fetched.Wanted();
        string method = BodyForms.MethodOf(form);
        using var answers = await client.BatchAsync([.. wanted.Select(index => new RpcCall(method, fetched[index].Hash.ToString()))], cancellationToken).ConfigureAwait(false);
        for (int i = 0; i < wanted.Count; i++)
        {
            fetched.Take(wanted[i], answers[i], form);
            _forms[source].Note(form, answers[i].Refusal);
        }
    }

    private async ValueTask PostAsync(BodyRequest request, byte[] raw, CancellationToken cancellationToken)
    {
        var item = IngestItem.FetchedBody(raw, request.Hash, SourceOf(request.Source), ObservationClock.Now(_time));
        Settle(request.Hash, await _pipeline.PostAsync(item, cancellationToken).ConfigureAwait(false));
    }

    private void Retry(BodyRequest request, string problem)
    {
        int attempts = request.Attempts + 1;
        if (attempts >= _options.BodyAttempts)
        {
            Drop(request, problem);
            return;
        }

        long pause = (long)(_options.BodyRetryDelay.TotalSeconds * _time.TimestampFrequency);
        _later.Writer.TryWrite(new BodyRequest(request.Hash, NextConnected(request.Source), attempts, _time.GetTimestamp() + pause));
    }

    private void Drop(BodyRequest request, string problem)
    {
        Settle(request.Hash, isPosted: false);
        _pipeline.RecordDrop(DropReason.BodyUnavailable, "body fetch", SourceOf(request.Source), request.Hash, problem);
    }

    /// <summary>Returns the next connected source; this one if there is no other.</summary>
    private int NextConnected(int source)
    {
        for (int step = 1; step < _queues.Length; step++)
        {
            int other = (source + step) % _queues.Length;
            if (Volatile.Read(ref _isConnected[other]))
            {
                return other;
            }
        }

        return source;
    }

    /// <summary>Returns a source whose copy was not rejected, preferably a connected one.</summary>
    private int? SourceWithoutRefusal(Hash256 hash)
    {
        int? unconnected = null;
        for (int i = 0; i < _queues.Length; i++)
        {
            if (_refused.Contains((hash, SourceOf(i))))
            {
                continue;
            }

            if (Volatile.Read(ref _isConnected[i]))
            {
                return i;
            }

            unconnected = i;
        }

        return unconnected;
    }

    private void Settle(Hash256 hash, bool isPosted)
    {
        Interlocked.Decrement(ref _waitingCount);
        if (!isPosted)
        {
            _claimed.Remove(hash);
        }
    }

    private SourceId SourceOf(int index) => SourceId.Of(_options.Endpoints[index].Name);
}
