using Mempulse.Outcomes.Histories;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Outcomes.Traces;

/// <summary>A bundle of opportunities that are traced, with the attempts that have no answer.</summary>
internal sealed class OpenBundle(LoggedEvent record, LogEvent.BundleBuilt built)
{
    private readonly List<(LoggedEvent Record, LogEvent.AttemptStarted Started)> _unanswered = [];

    /// <summary>The position of its record.</summary>
    public GlobalSeq BuiltAt => record.Seq;

    /// <summary>When it was recorded.</summary>
    public UnixNanoseconds At => record.At;

    /// <summary>What it is.</summary>
    public LogEvent.BundleBuilt Built => built;

    /// <summary>Attempts without an answer.</summary>
    public IEnumerable<(LoggedEvent Record, LogEvent.AttemptStarted Started)> Unanswered => _unanswered;

    /// <summary>An attempt begins.</summary>
    public void Begin(LoggedEvent started, LogEvent.AttemptStarted attempt) => _unanswered.Add((started, attempt));

    /// <summary>An attempt is answered.</summary>
    /// <returns>Its start; null if that is not known.</returns>
    public (LoggedEvent Record, LogEvent.AttemptStarted Started)? Answer(LogEvent.RelayAttempt answer)
    {
        int at = _unanswered.FindIndex(begun => begun.Started.Relay == answer.Relay && begun.Started.Command == answer.Command && begun.Started.Number == answer.Number);
        if (at < 0)
        {
            return null;
        }

        var found = _unanswered[at];
        _unanswered.RemoveAt(at);
        return found;
    }
}
