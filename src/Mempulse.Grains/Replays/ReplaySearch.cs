using Mempulse.Folding.Replays;
using Mempulse.Grains.Abstractions.Replays;
using Mempulse.Observability;
using Mempulse.Primitives;

namespace Mempulse.Grains.Replays;

/// <summary>The search for the first divergence of a range on the thread pool, and its answer.</summary>
internal sealed class ReplaySearch : ReplayJob
{
    private readonly DivergenceSearch _search;
    private readonly TimeProvider _time;

    /// <summary>Starts the search.</summary>
    /// <param name="first">The position before the first event.</param>
    /// <param name="last">The last position.</param>
    /// <param name="search">The search.</param>
    /// <param name="time">The clock.</param>
    /// <param name="stop">Cancels the search.</param>
    public ReplaySearch(GlobalSeq first, GlobalSeq last, DivergenceSearch search, TimeProvider time, CancellationToken stop)
        : base(first, last, stop)
    {
        (_search, _time) = (search, time);
        Answer = Task.Run(Run, CancellationToken.None);
    }

    /// <summary>The answer.</summary>
    public Task<SearchAnswer> Answer { get; }

    /// <inheritdoc/>
    public override Task Ended => Answer;

    /// <inheritdoc/>
    public override GlobalSeq At => _search.At;

    /// <inheritdoc/>
    public override string Detail => $"The search of {First} to {Last} is in progress, at {At}.";

    /// <summary>Reports the progress of an unfinished search.</summary>
    public SearchAnswer Unfinished() => new() { Outcome = ReplayOutcome.Running, From = First, To = Last, At = At, Detail = Detail };

    /// <summary>True when this is the search of that range and has not failed.</summary>
    public bool Is(GlobalSeq first, GlobalSeq last) => (First, Last) == (first, last) && !Answer.IsFaulted && !Answer.IsCanceled;

    private SearchAnswer Run()
    {
        using var span = Spans.Start(Spans.Replay);
        long started = _time.GetTimestamp();
        return ReplayTexts.Of(_search.Run(First, Last, Stop), _time.GetElapsedTime(started));
    }
}
