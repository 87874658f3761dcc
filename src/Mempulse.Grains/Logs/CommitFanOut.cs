using Mempulse.Canon.Appending;
using Mempulse.Folding.Following;
using Mempulse.Grains.Publishing;
using Mempulse.Primitives.Records;

namespace Mempulse.Grains.Logs;

/// <summary>Passes each commit of a log first to the fold in this silo, then to the stream, to the metrics, and to the bodies that are kept.</summary>
internal sealed class CommitFanOut(CommitFeed fold, LogPublisher publisher, FactCounter facts, Action<SequencedBatch> bodies) : ICommitObserver
{
    public void Committed(SequencedBatch batch)
    {
        fold.Committed(batch);
        publisher.Committed(batch);
        facts.Committed(batch);
        bodies(batch);
    }
}
