using Mempulse.Primitives.Events;

namespace Mempulse.Devp2p.Dialing;

/// <summary>Counts the inbound connections that did not become peers, and keeps the last ones.</summary>
/// <remarks>Not thread-safe; <see cref="PeerTable"/> guards it with its lock.</remarks>
internal sealed class InboundLedger
{
    private readonly SortedDictionary<DialFailureReason, long> _counts = [];
    private readonly LinkedList<InboundFailure> _last = [];

    /// <summary>A copy of the counts.</summary>
    public IReadOnlyDictionary<DialFailureReason, long> Counts => new SortedDictionary<DialFailureReason, long>(_counts);

    /// <summary>A copy of the last failures, newest first.</summary>
    public IReadOnlyList<InboundFailure> Sample => [.. _last];

    public void Add(InboundFailure failure)
    {
        _counts[failure.Failure.Reason] = _counts.GetValueOrDefault(failure.Failure.Reason) + 1;
        _last.AddFirst(failure);
        if (_last.Count > DialReport.SampleSize)
        {
            _last.RemoveLast();
        }
    }
}
