using Mempulse.Features.Opportunities;
using Mempulse.Grains.Abstractions;
using Mempulse.Observability;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;
using Mempulse.Replay;

namespace Mempulse.Grains.Opportunities;

/// <summary>Hands opportunities on to their grains: at once when they are durable, and again as long as the log does not have a simulation of them.</summary>
/// <param name="chain">The chain.</param>
/// <param name="grains">The grains.</param>
/// <param name="meter">The metrics.</param>
/// <param name="time">The clock.</param>
/// <param name="simulated">Called when a simulation is on the log and in the fold.</param>
/// <remarks>Confined to the scheduler of the fold's grain. What it remembers is only when it tried last and what came of it: after a crash the fold says what is left to do.</remarks>
internal sealed class OpportunityDesk(ChainId chain, IGrainFactory grains, FoldMeter meter, TimeProvider time, Action simulated)
{
    /// <summary>Opportunities that are handed on again in one sweep.</summary>
    private const int MostAtOnce = 64;

    /// <summary>The time before one is tried again.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(5);

    private readonly Dictionary<Hash256, (long At, string Problem)> _tried = [];

    /// <summary>Why the last try did not simulate an opportunity that waits for it; empty if there was none, or it did.</summary>
    public string ProblemOf(Hash256 opportunity) => _tried.TryGetValue(opportunity, out var last) ? last.Problem : string.Empty;

    /// <summary>Derived events are durable.</summary>
    public void Appended(EventBatch derived)
    {
        foreach (var record in new SequencedBatch(new Epoch(1), new GlobalSeq(1), derived.Count, new GlobalSeq((ulong)derived.Count), derived.Records))
        {
            if (record.Kind == LogEvent.OppDetected.KindNumber && LogEvent.Decode(record) is LogEvent.OppDetected { IsHandedOn: true } detected)
            {
                HandOn(detected.Opp);
            }
            else if (record.Kind == LogEvent.OppReopened.KindNumber && LogEvent.Decode(record) is LogEvent.OppReopened { IsHandedOn: true } reopened)
            {
                HandOn(reopened.Opp);
            }
        }
    }

    /// <summary>Hands on what was not simulated yet.</summary>
    public void Sweep(ReplayEngine engine)
    {
        var waiting = engine.View<IOpportunityView>().ToSimulate(MostAtOnce);
        foreach (var gone in _tried.Keys.Except(waiting.Select(static opportunity => opportunity.Detected.Opp)).ToList())
        {
            _tried.Remove(gone);
        }

        foreach (var opportunity in waiting)
        {
            if (!_tried.TryGetValue(opportunity.Detected.Opp, out var last) || time.GetElapsedTime(last.At) >= _patience)
            {
                HandOn(opportunity.Detected.Opp);
            }
        }
    }

    private void HandOn(in Hash256 opportunity)
    {
        _tried[opportunity] = (time.GetTimestamp(), ProblemOf(opportunity));
        AdvanceAsync(opportunity).Ignore(); // a failure is tried again, as long as the opportunity holds
    }

    private async Task AdvanceAsync(Hash256 opportunity)
    {
        string problem;
        try
        {
            problem = await grains.Opportunity(chain, opportunity).Advance();
        }
        catch (Exception failure) when (failure is not OutOfMemoryException) // the boundary to the grain: what it throws is a reason like any other
        {
            problem = failure.Message;
        }

        meter.OpportunityTried(chain, isSimulated: problem.Length == 0);
        if (_tried.TryGetValue(opportunity, out var last))
        {
            _tried[opportunity] = last with { Problem = problem };
        }

        if (problem.Length == 0)
        {
            simulated();
        }
    }
}
