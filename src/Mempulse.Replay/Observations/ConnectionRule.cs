using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;

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

    public void Lost(string name, SourceLossReason reason, LaneId lane, long at)
    {
        if (state.Observers.TryFind(new ObserverKey(SourceId.Of(name), lane), out var observer) && observer.IsConnected)
        {
            Lose(observer, reason, at);
            Review(at);
        }
    }

    /// <summary>A new epoch began: the observers still connected in the previous one were lost with it, at its last observation.</summary>
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
            Lose(observer, SourceLossReason.Shutdown, state.LastFactAt);
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

    /// <summary>Drops caused by full queues or rate limits: the source sent the transaction, and it was not processed.</summary>
    public void Dropped(LogEvent.TxIngestDropped dropped, in RecordView fact, long at)
    {
        bool isThrottled = dropped.Reason is DropReason.PeerThrottled or DropReason.QueueFull or DropReason.LogUnavailable;
        if (isThrottled && state.Observers.Of(new ObserverKey(fact.Source, fact.Lane)) is { } observer)
        {
            state.Gaps.Throttled(observer, at, dropped.Count);
        }
    }

    /// <summary>Reviews whether any observer of the mempool is connected; called whenever that may have changed.</summary>
    public void Review(long at)
    {
        bool isAnybody = false;
        foreach (var observer in state.Observers.Connected)
        {
            isAnybody |= state.HearsMempool(observer);
        }

        state.Gaps.Hearing(isAnybody, at);
    }

    private Observer? Connect(string name, string laneName, LaneId lane, long at)
    {
        if (state.Observers.OfLane(lane) is { } whole)
        {
            state.Changing(whole);
            whole.Name = laneName;
            whole.LaneName = laneName;
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
            state.Gaps.Returned(observer, at);
            observer.ConnectedAt = at;
            observer.FirstConnectedAt = observer.FirstConnectedAt == 0 ? at : observer.FirstConnectedAt;
            observer.AllSightingsThen = state.AllSightings;
            state.Observers.Connect(observer);
        }

        Review(at);
        return observer;
    }

    private void Lose(Observer observer, SourceLossReason reason, long at)
    {
        if (state.HearsMempool(observer))
        {
            state.Gaps.Spoke(observer, at, state.AllSightings);
        }

        state.Observers.Disconnect(observer);
        state.Changing(observer);
        observer.LostAt = at;
        observer.LossReason = reason;
    }
}
