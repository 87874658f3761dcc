using Mempulse.Grains.Abstractions;
using Mempulse.Grains.Abstractions.Bundles;
using Mempulse.Outcomes.Bundles;
using Mempulse.Primitives;
using Mempulse.Replay;

namespace Mempulse.Grains.Bundles;

/// <summary>Has bundles made: when the head moves, when an opportunity was simulated, and again as long as something is under way.</summary>
/// <remarks>Confined to the scheduler of the fold's grain.</remarks>
internal sealed class BundleDesk(ChainId chain, IGrainFactory grains)
{
    private Hash256 _head;
    private bool _isRunning;
    private bool _again;

    /// <summary>What the last look said.</summary>
    public AssemblyReport Report { get; private set; } = AssemblyReport.None;

    /// <summary>Events were applied.</summary>
    public void Look(ReplayEngine engine)
    {
        if (engine.Pool.Head is { } head && head.Hash != _head)
        {
            _head = head.Hash;
            Nudge();
        }
    }

    /// <summary>Looks again if something is under way, or failed.</summary>
    public void Sweep(ReplayEngine engine)
    {
        Look(engine);
        if (!Report.IsOff && (Report.Problem.Length > 0 || engine.View<IBundleView>().ToSend(1).Count > 0))
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

    private async Task TurnAsync()
    {
        do
        {
            _again = false;
            try
            {
                Report = await grains.Assembly(chain).Turn();
            }
            catch (Exception failure) when (failure is not OutOfMemoryException) // the boundary to the grain: what it throws is a problem like any other
            {
                Report = Report with { Problem = failure.Message };
            }
        }
        while (_again);
        _isRunning = false;
    }
}
