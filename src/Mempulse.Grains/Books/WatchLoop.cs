using Mempulse.ChainState;

namespace Mempulse.Grains.Books;

/// <summary>Looks again and again, with a pause that doubles while looks fail.</summary>
/// <param name="look">What is done each time.</param>
/// <param name="interval">The pause after a look without a problem.</param>
/// <param name="time">The clock.</param>
/// <param name="report">Takes each new problem, in a sentence; a problem that lasts is reported once.</param>
internal sealed class WatchLoop(ILook look, TimeSpan interval, TimeProvider time, Action<string> report)
{
    /// <summary>After so many failed looks in a row the pause no longer doubles: half a minute with the default interval.</summary>
    private const int MaxFailures = 7;

    private string _problem = string.Empty;
    private int _failures;

    /// <summary>Looks until the token is cancelled. A look that throws is a problem like any other.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await Task.Yield(); // the caller does not wait for the first look
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                Take(await LookAsync(cancellationToken));
                await Task.Delay(interval * (1 << _failures), time, cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private async Task<string> LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await look.LookAsync(_problem, cancellationToken);
        }
#pragma warning disable CA1031 // The watch must not end in silence: /health says what failed, and the next look may succeed.
        catch (Exception failure) when (failure is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            return ProblemOf(failure);
        }
    }

    private void Take(string problem)
    {
        if (problem != _problem && problem.Length > 0)
        {
            report(problem);
        }

        _problem = problem;
        _failures = problem.Length == 0 ? 0 : int.Min(_failures + 1, MaxFailures);
    }

    /// <summary>Why a look failed, in a sentence; empty where nothing can be done about it.</summary>
    private static string ProblemOf(Exception failure) => failure switch
    {
        StateUnavailableException { Reason: StateUnavailability.NotRecorded } => string.Empty, // a recording has some blocks, and lacks the others for good
        StateUnavailableException => failure.Message,
        TimeoutException or OrleansException or ArgumentException => $"The log's silo does not answer: {failure.Message}",
        _ => $"The reading failed: {failure.Message}",
    };
}
