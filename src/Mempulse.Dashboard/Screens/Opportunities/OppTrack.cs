using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Dashboard.Screens.Opportunities;

/// <summary>An opportunity as the lists show it. Confined to the reader.</summary>
/// <param name="detected">The event that found it.</param>
/// <param name="at">The time of that event.</param>
internal sealed class OppTrack(LogEvent.OppDetected detected, UnixNanoseconds at)
{
    /// <summary>The event that found it.</summary>
    public LogEvent.OppDetected Detected => detected;

    /// <summary>The time of that event.</summary>
    public UnixNanoseconds At => at;

    /// <summary>Its last simulation; null before the first.</summary>
    public LogEvent.SimCompleted? Sim { get; private set; }

    /// <summary>Why it no longer holds; None while it does.</summary>
    public OppEnd End { get; private set; }

    /// <summary>The newest bundle of it; null for none.</summary>
    public BundleTrack? Bundle { get; set; }

    /// <summary>Takes a later event of the opportunity.</summary>
    public void Take(LogEvent next)
    {
        switch (next)
        {
            case LogEvent.SimCompleted sim:
                Sim = sim;
                break;
            case LogEvent.OppInvalidated ended:
                End = ended.Reason;
                break;
            case LogEvent.OppExpired ended:
                End = ended.Reason;
                break;
            case LogEvent.OppReopened:
                End = OppEnd.None;
                break;
            default:
                break;
        }
    }
}
