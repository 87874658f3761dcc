using Mempulse.Net.Ingest;

namespace Mempulse.Cli.Recording;

/// <summary>Prints why a source of a recording is unavailable, and ends a recording that receives nothing.</summary>
internal sealed class SourceWatch(TextWriter output, TimeProvider time)
{
    private const string Unavailable = "is unavailable";

    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(200);

    private readonly Dictionary<string, string> _printed = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource _known = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _hasReceived;
    private string _lastProblem = "No source answered.";

    /// <summary>Completes when a source has sent something, or the reason why one is unavailable is known.</summary>
    public Task Known => _known.Task;

    /// <summary>Watches the sources of lanes; returns when none has sent anything for <paramref name="patience"/> since the start.</summary>
    public async Task RunAsync(IReadOnlyList<IIngestLane> lanes, TimeSpan patience, CancellationToken cancellationToken)
    {
        long began = time.GetTimestamp();
        try
        {
            while (_hasReceived || time.GetElapsedTime(began) < patience)
            {
                await Task.Delay(Period, time, cancellationToken).ConfigureAwait(false);
                Look(lanes);
            }
        }
        finally
        {
            Look(lanes);
        }
    }

    /// <summary>Throws if no source has sent anything.</summary>
    /// <exception cref="NothingReceivedException">Always then; the message says why.</exception>
    public void ThrowIfNothingReceived()
    {
        if (!_hasReceived)
        {
            throw new NothingReceivedException($"Nothing was recorded. {_lastProblem}");
        }
    }

    private void Look(IReadOnlyList<IIngestLane> lanes)
    {
        var sources = lanes.SelectMany(lane => lane.ReadStatus().Sources).ToList();
        _hasReceived |= sources.Exists(source => source.LastHeard != default);
        foreach (var lanesOf in sources.GroupBy(source => source.Name, StringComparer.Ordinal))
        {
            string now = TextOf([.. lanesOf]);
            string before = _printed.GetValueOrDefault(lanesOf.Key, string.Empty);
            if (now != before)
            {
                _printed[lanesOf.Key] = now;
                output.WriteLine($"Source {lanesOf.Key} {(now.Length > 0 ? now : "is subscribed.")}");
            }

            if (now.StartsWith(Unavailable, StringComparison.Ordinal))
            {
                _lastProblem = $"Source {lanesOf.Key} {now}";
                _known.TrySetResult();
            }
        }

        if (_hasReceived)
        {
            _known.TrySetResult();
        }
    }

    /// <summary>One text for a source, although two lanes use it; empty while it is subscribed.</summary>
    private static string TextOf(IReadOnlyList<SourceStatus> lanes)
    {
        var lost = lanes.Where(source => source.Problem.Length > 0).MaxBy(source => source.LastTry);
        var polled = lanes.FirstOrDefault(source => source.Reception.StartsWith("polling ", StringComparison.Ordinal));
        return lost is not null ? $"{Unavailable}: {lost.Problem}"
            : polled is not null ? $"offers no subscriptions: {polled.Reception}."
            : string.Empty;
    }
}
