using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;
using Mempulse.Replay.Pool;

namespace Mempulse.Replay.Observations;

/// <summary>Applies connects, losses and drops of sources: the input of the gap ledger.</summary>
internal sealed class ConnectionRule(ObservationState state)
{
    /// <summary>The first observation starts the ledger, blind, unless an earlier epoch did; a recorded observation may be older than its writer.</summary>
    public void Begin(long at)
    {
        if (state.LastFactAt == 0 && (state.Gaps.CompleteSince == 0 || at < state.Gaps.CompleteSince))
        {
            state.Gaps.CompleteSince = at;
            state.Gaps.BlindSince = at;
        }
    }

    public void Connected(LogEvent.SourceConnected connected, LaneId lane, long at)
    {
        if (Connect(connected.Name, connected.Lane, lane, at) is { } observer)
        {
            observer.Client = connected.Client;
            observer.Endpoint = connected.Endpoint;
            observer.IsSynthetic = connected.IsSynthetic;
        }

        if (connected.Lane == LogEvent.RelayDataObserved.Lane)
        {
            BlockCame(lane, at); // what a relay says of blocks is no sight of the mempool, even before it says anything
        }
    }

    public void Connected(LogEvent.PeerConnected connected, LaneId lane, long at)
    {
        if (Connect(connected.Name, connected.Lane, lane, at) is { } observer)
        {
            observer.Client = connected.Client;
            observer.Endpoint = connected.Endpoint;
            observer.Peer = connected.Peer;
            observer.EthVersion = connected.EthVersion;
            observer.IsInbound = connected.IsInbound;
        }
    }

    /// <summary>A source was lost, or could not be connected to. A source that ended or was stopped is not awaited.</summary>
    public void Lost(LogEvent.SourceLost lost, LaneId lane, long at)
    {
        bool isAwaited = lost.Reason is not (SourceLossReason.Shutdown or SourceLossReason.Completed);
        if (state.Observers.TryFind(new ObserverKey(SourceId.Of(lost.Name), lane), out var known) && known.IsConnected)
        {
            Lose(known, lost.Reason, isAwaited, at);
            Review(at);
        }
        else if (isAwaited && state.Observers.Of(new ObserverKey(SourceId.Of(lost.Name), lane)) is { } absent)
        {
            absent.Name = Await(absent, at, lost.Name);
            absent.LossReason = lost.Reason;
        }
    }

    /// <summary>A peer left. It is awaited only once a dial of it fails: other peers come and go.</summary>
    public void Lost(LogEvent.PeerLost lost, LaneId lane, long at)
    {
        if (state.Observers.TryFind(new ObserverKey(SourceId.Of(lost.Name), lane), out var observer) && observer.IsConnected)
        {
            Lose(observer, lost.Reason, isAwaited: false, at);
            Review(at);
        }
    }

    /// <summary>A configured peer cannot be connected, or a lane of peers has started without one.</summary>
    public void DialFailed(LogEvent.PeerDialFailed failed, LaneId lane, long at)
    {
        if (failed.Peer.IsZero)
        {
            if (state.Observers.OfLane(lane) is { } whole)
            {
                whole.LaneName = whole.Name = Await(whole, at, failed.Lane);
            }

            return;
        }

        if (state.Observers.Of(new ObserverKey(SourceId.Of(failed.Name), lane)) is not { IsConnected: false } observer)
        {
            return;
        }

        observer.Name = Await(observer, at, failed.Name);
        observer.LaneName = failed.Lane;
        observer.Peer = failed.Peer;
        observer.Endpoint = failed.Endpoint;
        observer.DialFailure = failed.Reason;
        observer.LossReason = observer.LossReason == SourceLossReason.Unknown ? SourceLossReason.ConnectFailed : observer.LossReason;
    }

    /// <summary>
    /// A new epoch began: the observers still connected in the previous one were lost with it, at its last observation. Their gaps end there, and stay
    /// closed unless the new run mentions the source again.
    /// </summary>
    /// <param name="at">The writer's time: now, even when it is about to play a recording. It only matters when it starts a ledger.</param>
    public void Restarted(long at)
    {
        if (state.LastFactAt == 0)
        {
            Begin(at);
            return;
        }

        foreach (var observer in state.Observers.Connected.ToArray())
        {
            Lose(observer, SourceLossReason.Crashed, isAwaited: false, state.LastFactAt);
        }

        foreach (var observer in state.Observers.Sorted())
        {
            if (observer.IsAwaited)
            {
                Abandon(observer);
            }
        }

        Review(state.LastFactAt);
    }

    /// <summary>A lane that delivers blocks and announces no transactions does not observe the mempool.</summary>
    public void BlockCame(LaneId lane, long at)
    {
        if (state.Observers.OfLane(lane) is { BringsBlocks: false } observer)
        {
            state.Changing(observer);
            observer.BringsBlocks = true;
            Review(at);
        }
    }

    /// <summary>True when the transaction has not left the pool of a connected source that announced it and is not a peer.</summary>
    public bool IsHeld(TxEntry tx)
    {
        ref var sources = ref tx.Spread.Sources;
        for (int i = 0; i < sources.Count; i++)
        {
            if (state.Observers.TryGet(sources[i].Observer, out var observer)
                && observer.IsConnected
                && observer.CanLetGo
                && tx.Leavings?.Contains(observer.Key.Source) != true)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Drops of what a source sent: part of it by full queues and rate limits, all of it while nothing could be recorded.</summary>
    public void Dropped(LogEvent.TxIngestDropped dropped, in RecordView fact, long at)
    {
        long to = dropped.SpanNanoseconds <= (ulong)(long.MaxValue - Math.Max(at, 0)) ? at + (long)dropped.SpanNanoseconds : at;
        switch (dropped.Reason)
        {
            case DropReason.PeerThrottled or DropReason.QueueFull when state.Observers.Of(new ObserverKey(fact.Source, fact.Lane)) is { } observer:
                state.Gaps.Throttled(observer, at, to, dropped.Count);
                break;
            case DropReason.LogUnavailable or DropReason.ProcessPaused when state.Observers.Of(new ObserverKey(fact.Source, fact.Lane)) is { } observer:
                state.Gaps.Unrecorded(observer, at, to, dropped.Count);
                break;
            default:
                break;
        }
    }

    /// <summary>Reviews whether any observer of the mempool is connected; called whenever that may have changed.</summary>
    public void Review(long at)
    {
        bool isAnyConnected = false;
        foreach (var observer in state.Observers.Connected)
        {
            isAnyConnected |= state.ReportsMempool(observer);
        }

        state.Gaps.NoteCoverage(isAnyConnected, at);
    }

    private Observer? Connect(string name, string laneName, LaneId lane, long at)
    {
        if (state.Observers.OfLane(lane) is { } whole)
        {
            state.Changing(whole);
            whole.Name = laneName;
            whole.LaneName = laneName;
            state.Gaps.Close(whole, at);
            whole.LostAt = 0;
        }

        if (state.Observers.Of(new ObserverKey(SourceId.Of(name), lane)) is not { } observer)
        {
            return null;
        }

        state.Changing(observer);
        observer.Name = name;
        observer.LaneName = laneName;
        if (!observer.IsConnected)
        {
            state.Gaps.Close(observer, at);
            observer.IsAwaited = false;
            observer.DialFailure = DialFailureReason.Unknown;
            observer.ConnectedAt = at;
            observer.FirstConnectedAt = observer.FirstConnectedAt == 0 ? at : observer.FirstConnectedAt;
            observer.AllSightingsThen = state.AllSightings;
            observer.QuietSince = at;
            observer.ElapsedThen = state.Elapsed;
            state.Observers.Connect(observer);
        }

        Review(at);
        return observer;
    }

    private void Lose(Observer observer, SourceLossReason reason, bool isAwaited, long at)
    {
        if (state.ReportsMempool(observer))
        {
            state.Gaps.Spoke(observer, at, state.AllSightings, state.Elapsed);
        }

        state.Observers.Disconnect(observer);
        state.Changing(observer);
        observer.LostAt = at;
        observer.LossReason = reason;
        observer.IsAwaited = isAwaited;
        if (state.Observers.OfLane(observer.Key.Lane) is { IsAwaited: true } lane && !state.Observers.IsAnyConnected(observer.Key.Lane))
        {
            state.Changing(lane);
            lane.LostAt = at;
        }
    }

    /// <summary>Opens the gap of an absent observer, unless it is open already.</summary>
    /// <returns><paramref name="name"/>.</returns>
    private string Await(Observer absent, long at, string name)
    {
        state.Changing(absent);
        absent.LostAt = absent.LostAt == 0 ? at : absent.LostAt;
        absent.IsAwaited = true;
        return name;
    }

    /// <summary>Closes the gap of an observer that the new run may not have.</summary>
    private void Abandon(Observer observer)
    {
        state.Changing(observer);
        state.Gaps.Close(observer, state.LastFactAt);
        observer.LostAt = Math.Max(observer.LostAt, state.LastFactAt);
        observer.LossReason = SourceLossReason.Shutdown;
        observer.DialFailure = DialFailureReason.Unknown;
        observer.IsAwaited = false;
    }
}
