using Mempulse.Canon.Reading;
using Mempulse.Folding.Checkpoints;
using Mempulse.Primitives;
using Mempulse.Replay.Derivations;

namespace Mempulse.Folding.Replays;

/// <summary>Finds the first place where a log and its replay differ: stretch by stretch between checkpoints, and in the stretch by event and field.</summary>
/// <remarks>
/// One pass, not halving (decision 0155): a replay compares every derived event as it goes, so it is at the first difference before a halving search would be.
/// A difference is then folded again from the nearest checkpoint. If it is found there too, the log differs; if not, the state before it already did.
/// </remarks>
public sealed class DivergenceSearch(ILogReader reader, CheckpointStore checkpoints)
{
    /// <summary>Stretches of one reading.</summary>
    public const int MaxSteps = 64;

    /// <summary>Events that are scanned for checkpoints at a time.</summary>
    private const ulong PageEvents = 250_000;

    private readonly List<SearchStep> _steps = [];
    private int _stepCount;
    private ulong _at;

    /// <summary>The position that the search has reached. Readable from any thread.</summary>
    public GlobalSeq At => new(Volatile.Read(ref _at));

    /// <summary>Searches a range. Call it once.</summary>
    /// <param name="first">The position before the first event.</param>
    /// <param name="last">The last position.</param>
    /// <param name="stop">Cancels the search.</param>
    public SearchReading Run(GlobalSeq first, GlobalSeq last, CancellationToken stop)
    {
        using var replay = LogReplay.Open(reader, checkpoints, first);
        replay.RunTo(first, stop);
        ulong folded = first.Value - replay.Start.Value;
        Divergence? found = null;
        IReadOnlyList<EntryChange> changes = [];
        while (replay.At < last && found is null && changes.Count == 0 && _steps is not [.., { IsEqual: false }])
        {
            var end = new GlobalSeq(Math.Min(last.Value, replay.At.Value + PageEvents));
            var contents = RangeContents.Scan(reader, replay.Engine.RuleVersion, replay.At, end, stop);
            foreach (var stretchEnd in contents.Checkpoints.Keys.Where(at => at > replay.At && at < end).Append(end).ToList())
            {
                var begin = replay.At;
                ulong before = replay.Engine.DivergenceCount;
                replay.RunTo(stretchEnd, stop);
                Volatile.Write(ref _at, replay.At.Value);
                CheckpointComparison? checkpoint = contents.Checkpoints.TryGetValue(stretchEnd, out var live) ? new CheckpointComparison(stretchEnd, live, replay.Engine.Digest()) : null;
                var step = new SearchStep(begin, stretchEnd, checkpoint, replay.Engine.DivergenceCount - before, replay.Start);
                folded += stretchEnd.Value - begin.Value;
                Add(step);
                if (!step.IsEqual)
                {
                    found = replay.Engine.Divergences.FirstOrDefault(difference => difference.Seq > first);
                    changes = found is null ? ChangesAt(replay, begin, stretchEnd, stop) : [];
                    break;
                }
            }
        }

        if (found is not null)
        {
            folded += FoldAgain(found, replay.Start, stop);
        }

        return new SearchReading { First = first, Last = last, Found = found, Steps = [.. _steps], StepCount = _stepCount, Folded = folded, Changes = changes };
    }

    /// <summary>Folds to a difference from the nearest checkpoint, and adds what that gives; returns the number of events folded.</summary>
    private ulong FoldAgain(Divergence found, GlobalSeq startedAt, CancellationToken stop)
    {
        using var again = LogReplay.Open(reader, checkpoints, new GlobalSeq(found.LaneSequence.Cause.Value - 1));
        if (again.Start <= startedAt)
        {
            Add(new SearchStep(new GlobalSeq(found.Seq.Value - 1), found.Seq, null, 1, startedAt));
            return 0;
        }

        again.RunTo(found.Seq, stop);
        bool isThere = again.Engine.Divergences.Any(difference => difference == found);
        Add(new SearchStep(again.Start, found.Seq, null, isThere ? 1UL : 0, again.Start));
        return found.Seq.Value - again.Start.Value;
    }

    /// <summary>The entries in which a saved state differs from the replayed one.</summary>
    private IReadOnlyList<EntryChange> ChangesAt(LogReplay replay, GlobalSeq first, GlobalSeq at, CancellationToken stop)
    {
        if (checkpoints.RestoreAtMost(at, static _ => { }) is not { } saved || saved.Applied != at)
        {
            return [];
        }

        var contents = RangeContents.Scan(reader, replay.Engine.RuleVersion, first, at, stop);
        return RangeReplay.Changes(RangeReplay.Read(saved, contents), RangeReplay.Read(replay.Engine, contents), contents);
    }

    private void Add(SearchStep step)
    {
        _stepCount++;
        _steps.Add(step);
        if (_steps.Count > MaxSteps)
        {
            _steps.RemoveAt(0);
        }
    }
}
