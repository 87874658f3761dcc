using Mempulse.Devp2p;
using Mempulse.Devp2p.Forks;
using Mempulse.Devp2p.Sessions;
using Mempulse.Net.Sinks;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;

namespace Mempulse.Node.Lanes;

/// <summary>Tells the peer-to-peer network of each block that went into the log, so that peers are told, and judged by, the chain as it stands.</summary>
internal sealed class HeadRelay
{
    private IP2pRuntime? _network;

    /// <summary>Tells this network from now on.</summary>
    public void ConnectTo(IP2pRuntime network) => Volatile.Write(ref _network, network);

    /// <summary>A sink that appends to another one and tells of the blocks that it took.</summary>
    public IEventSink Watch(IEventSink sink) => new WatchedSink(this, sink);

    private void Tell(EventBatch batch)
    {
        LogEvent.BlockObserved? newest = null;
        var records = new RecordEnumerator(GlobalSeq.None.Next, batch.Records.Span);
        while (records.MoveNext())
        {
            newest = records.Current.Kind == LogEvent.BlockObserved.KindNumber ? (LogEvent.BlockObserved)LogEvent.Decode(records.Current)! : newest;
        }

        if (newest is not null)
        {
            Volatile.Read(ref _network)?.UpdateHead(new ChainHead(new ForkPoint(newest.Number.Value, newest.TimestampSeconds), newest.Hash, default));
        }
    }

    private sealed class WatchedSink(HeadRelay relay, IEventSink sink) : IEventSink
    {
        public ValueTask<ulong> OpenLaneAsync(string lane, CancellationToken cancellationToken) => sink.OpenLaneAsync(lane, cancellationToken);

        public async ValueTask<AppendOutcome> AppendAsync(EventBatch batch, CancellationToken cancellationToken)
        {
            var outcome = await sink.AppendAsync(batch, cancellationToken);
            if (outcome.Status == AppendStatus.Appended)
            {
                relay.Tell(batch);
            }

            return outcome;
        }
    }
}
