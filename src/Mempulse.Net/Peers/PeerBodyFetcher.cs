using Mempulse.Devp2p;
using Mempulse.Devp2p.Sessions;
using Mempulse.Net.Ingest;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Net.Peers;

/// <summary>Requests announced bodies immediately: from the first announcer, then from the others one by one if it does not deliver.</summary>
/// <remarks>Every wanted body ends in a posted body or a recorded drop. Safe for any thread; requests run on the announcing peer's thread.</remarks>
internal sealed class PeerBodyFetcher(IngestPipeline pipeline, WantedBodies wanted, BodyReceiver receiver, IP2pRuntime runtime)
{
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource _broken = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource? _idle;
    private int _running;

    /// <summary>Processes an announcement and requests the new bodies.</summary>
    public void Announced(PeerSource peer, ReadOnlySpan<byte> types, ReadOnlySpan<uint> sizesBytes, ReadOnlySpan<Hash256> hashes)
    {
        List<BodyAsk> asks = [];
        var (unplaced, first) = wanted.Announce(peer, types, sizesBytes, hashes, asks);
        Send(asks);
        if (unplaced > 0)
        {
            pipeline.RecordDrops(DropReason.QueueFull, "body requests", peer.Id, first, unplaced, "Too many bodies are waiting to be fetched.");
        }
    }

    /// <summary>Requests the bodies that were waiting for a disconnected peer from other announcers.</summary>
    public void Left(PeerSource peer)
    {
        List<BodyAsk> asks = [];
        GiveUp(wanted.Leave(peer, asks), peer, "The peer disconnected, and no other peer announced it.");
        Send(asks);
    }

    /// <summary>Requests a body from another announcer after <paramref name="liar"/> delivered an invalid copy, which is recorded as a drop.</summary>
    /// <remarks>Sends on another thread, because the caller holds the pipeline's locks and the answer may arrive immediately.</remarks>
    public void AskElsewhere(Hash256 hash, PeerSource liar)
    {
        List<BodyAsk> asks = [];
        wanted.RefuseCopy(hash, liar, asks);
        asks.ForEach(ask => Send(ask, static (fetcher, later) => Task.Run(() => fetcher.FetchAsync(later))));
    }

    /// <summary>Ends with the token. Faults if a request fails by a bug.</summary>
    public Task WatchAsync(CancellationToken cancellationToken) => _broken.Task.WaitAsync(cancellationToken);

    /// <summary>Waits for the requests in flight and records the missing bodies as drops. Called once no peer is left.</summary>
    public async Task StopAsync()
    {
        Task idle;
        lock (_gate)
        {
            _idle = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            idle = _running == 0 ? Task.CompletedTask : _idle.Task;
        }

        await idle.ConfigureAwait(false);
        foreach (var body in wanted.TakeAll())
        {
            pipeline.RecordDrop(DropReason.BodyUnavailable, "body fetch", default, body.Hash, "The lane was stopped.");
        }
    }

    private void Send(List<BodyAsk> asks) => asks.ForEach(ask => Send(ask, static (fetcher, now) => fetcher.FetchAsync(now)));

    private void Send(BodyAsk ask, Func<PeerBodyFetcher, BodyAsk, Task> fetch)
    {
        lock (_gate)
        {
            _running++;
        }

        var fetching = fetch(this, ask);
        if (!fetching.IsCompletedSuccessfully)
        {
            _ = fetching.ContinueWith(
                broken => _broken.TrySetException(broken.Exception!.InnerExceptions), CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        }
    }

    private async Task FetchAsync(BodyAsk ask)
    {
        pipeline.Metrics.PeerBodies("asked", ask.Bodies.Count);
        pipeline.Metrics.RequestsInFlight(1);
        try
        {
            var outcome = await runtime.RequestPooledTransactionsAsync(ask.Peer.Peer.Id, ask.Hashes, CancellationToken.None).ConfigureAwait(false);
            bool[] isDelivered = outcome.Answer is { } answer
                ? await receiver.TakeAnswerAsync(ask, answer.Bodies).ConfigureAwait(false)
                : new bool[ask.Bodies.Count];
            List<BodyAsk> asks = [];
            GiveUp(wanted.Finish(ask, isDelivered, asks), ask.Peer, SentenceOf(outcome.Status));
            Send(asks);
        }
        finally
        {
            pipeline.Metrics.RequestsInFlight(-1);
            lock (_gate)
            {
                if (--_running == 0)
                {
                    _idle?.TrySetResult();
                }
            }
        }
    }

    private void GiveUp(List<WantedBody> bodies, PeerSource peer, string problem) =>
        bodies.ForEach(body => pipeline.RecordDrop(DropReason.BodyUnavailable, "body fetch", peer.Id, body.Hash, problem));

    private static string SentenceOf(RequestStatus status) => status switch
    {
        RequestStatus.Answered => "No announcing peer delivered it.",
        RequestStatus.TimedOut => "The last announcing peer did not answer.",
        _ => "The last announcing peer disconnected.",
    };
}
