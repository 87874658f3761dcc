using Mempulse.Devp2p;
using Mempulse.Devp2p.Forks;
using Mempulse.Devp2p.Sessions;
using Mempulse.Net.Sinks;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;

namespace Mempulse.Node.Lanes;

/// <summary>Announces each logged block to the peer-to-peer network, so that the status sent to peers, and the check of theirs, use the current head.</summary>
internal sealed class HeadRelay
{
    private IP2pRuntime? _network;

    /// <summary>Announces blocks to this network from now on.</summary>
    public void ConnectTo(IP2pRuntime network) => Volatile.Write(ref _network, network);

    /// <summary>A sink that appends to another sink and announces the blocks that were appended.</summary>
    public IEventSink Watch(IEventSink sink) => new WatchedSink(this, sink);

    private void Announce(EventBatch batch)
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
                relay.Announce(batch);
            }

            return outcome;
        }
    }
}
