using Mempulse.Canon;
using Mempulse.Canon.Appending;
using Mempulse.Canon.Reading;
using Mempulse.Folding;
using Mempulse.Primitives;
using Mempulse.Primitives.Records;
using Mempulse.Replay;
using Mempulse.Replay.Derivations;

namespace Mempulse.Cli.Recording;

/// <summary>Folds what becomes durable in a log, and appends what follows from it; confined to its own loop.</summary>
internal sealed class FoldPump(EventLog log, ChainId chain, TimeProvider time)
{
    private const int DrainEvents = 1_024;
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(250);

    private readonly EventBatch _derived = new(DerivedEvents.Lane);

    /// <summary>The state; to be read once the pump is at rest.</summary>
    public ReplayEngine Engine { get; } = FoldComposition.Default.Create(chain);

    /// <summary>Folds what the log holds already; what it lacks is appended once <see cref="RunAsync"/> runs.</summary>
    public void CatchUp(CancellationToken cancellationToken)
    {
        using var scan = log.Reader.Scan(log.Reader.Oldest);
        Fold(scan, cancellationToken);
    }

    /// <summary>Runs until it is told to finish and nothing is left to fold or append.</summary>
    public async Task RunAsync(CancellationToken finish)
    {
        using var scan = log.Reader.Scan(Engine.Applied.Next);
        while (true)
        {
            Fold(scan, CancellationToken.None);
            if (await AppendDerivedAsync().ConfigureAwait(false))
            {
                continue;
            }

            if (!await WaitAsync(finish).ConfigureAwait(false) && Engine.Applied == log.Watermark)
            {
                return;
            }
        }
    }

    private void Fold(LogScan scan, CancellationToken cancellationToken)
    {
        while (scan.MoveNext())
        {
            cancellationToken.ThrowIfCancellationRequested();
            Engine.Apply(scan.Current!);
        }
    }

    /// <summary>True when something was appended, which is then to be folded too.</summary>
    private async Task<bool> AppendDerivedAsync()
    {
        bool isAny = false;
        while (Engine.DrainDerived(_derived, DrainEvents) > 0)
        {
            try
            {
                await log.AppendAsync(_derived, CancellationToken.None).ConfigureAwait(false);
                isAny = true;
            }
            catch (LogFullException)
            {
                // Nothing is lost: it follows again from what is in the log.
                Engine.RewindDerived();
                await Task.Delay(RetryDelay, time, CancellationToken.None).ConfigureAwait(false);
            }

            _derived.Clear();
        }

        return isAny;
    }

    /// <summary>False when the pump is to finish.</summary>
    private async Task<bool> WaitAsync(CancellationToken finish)
    {
        try
        {
            await log.Reader.WaitPastAsync(Engine.Applied, finish).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException) when (finish.IsCancellationRequested)
        {
            return false;
        }
    }
}
