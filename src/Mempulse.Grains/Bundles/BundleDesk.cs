using Mempulse.Grains.Abstractions;
using Mempulse.Grains.Abstractions.Bundles;
using Mempulse.Outcomes.Bundles;
using Mempulse.Primitives;
using Mempulse.Replay;

namespace Mempulse.Grains.Bundles;

/// <summary>Has bundles made: when the head moves, when an opportunity was simulated, and again as long as something is under way.</summary>
/// <remarks>Confined to the scheduler of the fold's grain.</remarks>
internal sealed class BundleDesk(ChainId chain, IGrainFactory grains, TimeProvider time)
{
    /// <summary>How long to wait after a call that failed.</summary>
    private static readonly TimeSpan s_afterFailure = TimeSpan.FromSeconds(5);

    private AssemblyReport _report = AssemblyReport.None;
    private Hash256 _head;
    private bool _isRunning;
    private bool _again;
    private bool _isExamining;
    private TimeSpan? _relayDataWait = TimeSpan.Zero;
    private long _relayDataAt;
    private string _relayDataProblem = string.Empty;

    /// <summary>What the last look said.</summary>
    public AssemblyReport Report => _report.Problem.Length > 0 ? _report : _report with { Problem = _relayDataProblem };

    /// <summary>Events were applied.</summary>
    public void Look(ReplayEngine engine)
    {
        if (engine.Pool.Head is { } head && head.Hash != _head)
        {
            _head = head.Hash;
            Nudge();
            Examine();
        }
    }

    /// <summary>Looks again if something is under way, or failed.</summary>
    public void Sweep(ReplayEngine engine)
    {
        Look(engine);
        AskRelays();
        if (engine.View<IBundleView>().ToExamine(1).Count > 0)
        {
            Examine();
        }

        if (!_report.IsOff && (_report.Problem.Length > 0 || engine.View<IBundleView>().ToSend(1).Count > 0))
        {
            Nudge();
        }
    }

    /// <summary>Looks at once; after the look that is under way if there is one.</summary>
    public void Nudge()
    {
        if (_isRunning)
        {
            _again = true;
            return;
        }

        _isRunning = true;
        TurnAsync().Ignore(); // it reports what fails
    }

    /// <summary>Has the blocks examined that do not have a bundle, one after the other.</summary>
    private void Examine()
    {
        if (!_isExamining)
        {
            _isExamining = true;
            ExamineAsync().Ignore();
        }
    }

    private async Task ExamineAsync()
    {
        try
        {
            while (await grains.Competition(chain).Examine())
            {
            }
        }
        catch (Exception failure) when (failure is TimeoutException or OrleansException or ArgumentException)
        {
            // The next sweep asks again.
        }
        finally
        {
            _isExamining = false;
        }
    }

    /// <summary>Asks relays about blocks when it is time.</summary>
    private void AskRelays()
    {
        if (_relayDataWait is { } wait && time.GetElapsedTime(_relayDataAt) >= wait)
        {
            _relayDataWait = null; // until this question is answered
            AskRelaysAsync().Ignore();
        }
    }

    private async Task AskRelaysAsync()
    {
        try
        {
            var report = await grains.RelayData(chain).Look();
            (_relayDataWait, _relayDataProblem) = (report.Wait, report.Problem);
        }
        catch (Exception failure) when (failure is TimeoutException or OrleansException or ArgumentException)
        {
            (_relayDataWait, _relayDataProblem) = (s_afterFailure, $"The silo that asks relays about blocks does not answer: {failure.Message}");
        }

        _relayDataAt = time.GetTimestamp();
    }

    private async Task TurnAsync()
    {
        do
        {
            _again = false;
            try
            {
                _report = await grains.Assembly(chain).Turn();
            }
            catch (Exception failure) when (failure is not OutOfMemoryException) // the boundary to the grain: what it throws is a problem like any other
            {
                _report = _report with { Problem = failure.Message };
            }
        }
        while (_again);
        _isRunning = false;
    }
}
