using Mempulse.Primitives.Events;

namespace Mempulse.Dashboard.Screens.Opportunities;

/// <summary>A bundle as the lists show it. Confined to the reader.</summary>
/// <param name="built">The event that made it.</param>
internal sealed class BundleTrack(LogEvent.BundleBuilt built)
{
    /// <summary>Relays of one bundle that are named; more are counted by their requests alone.</summary>
    private const int MaxRelays = 32;

    private readonly SortedSet<string> _relays = new(StringComparer.Ordinal);

    /// <summary>The event that made it.</summary>
    public LogEvent.BundleBuilt Built => built;

    /// <summary>Its last verdict; null before the first.</summary>
    public LogEvent.BundleOutcome? Outcome { get; private set; }

    /// <summary>The last request that preflight refused; null if one left, or none was refused.</summary>
    public LogEvent.AttemptRefused? Refused { get; private set; }

    /// <summary>Requests that were started again.</summary>
    public int Retries { get; private set; }

    /// <summary>The relays that a request was started for.</summary>
    public IReadOnlyList<string> Relays => [.. _relays];

    /// <summary>Takes a later event of the bundle.</summary>
    public void Take(LogEvent next)
    {
        switch (next)
        {
            case LogEvent.AttemptStarted started:
                Retries += started.Number > 1 ? 1 : 0;
                Refused = null;
                if (_relays.Count < MaxRelays)
                {
                    _relays.Add(started.Relay);
                }

                break;
            case LogEvent.AttemptRefused refused when _relays.Count == 0:
                Refused = refused;
                break;
            case LogEvent.BundleOutcome outcome:
                Outcome = outcome;
                break;
            default:
                break;
        }
    }
}
