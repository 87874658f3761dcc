using Mempulse.Client.Opportunities;
using Mempulse.Dashboard.Format;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Dashboard.Screens.Opportunities;

/// <summary>One opportunity as its screen shows it.</summary>
internal sealed record OppReading
{
    /// <summary>The answer of GET /opps/{id}.</summary>
    public required OppResponse Answer { get; init; }

    /// <summary>What was detected.</summary>
    public required LogEvent.OppDetected Detected { get; init; }

    /// <summary>What it is about.</summary>
    public required OppTitle Title { get; init; }

    /// <summary>The verdict.</summary>
    public required OppResult Verdict { get; init; }

    /// <summary>The verdict in a sentence.</summary>
    public required string Sentence { get; init; }

    /// <summary>What it was to gain.</summary>
    public required string Predicted { get; init; }

    /// <summary>What it gained; empty where that is not known.</summary>
    public string Realised { get; init; } = string.Empty;

    /// <summary>The spans from detection to outcome.</summary>
    public required IReadOnlyList<WaterfallRow> Waterfall { get; init; }

    /// <summary>The evidence, what is not derivable last.</summary>
    public required IReadOnlyList<EvidenceRow> Evidence { get; init; }

    /// <summary>The last simulation; null for none.</summary>
    public LogEvent.SimCompleted? Sim { get; init; }

    /// <summary>True if the simulation can be executed again.</summary>
    public bool CanRerun { get; init; }

    /// <summary>The calls of the simulation.</summary>
    public IReadOnlyList<CallRow> Calls { get; init; } = [];

    /// <summary>Calls that are not shown.</summary>
    public int MoreCalls { get; init; }

    /// <summary>Why there is no call tree; empty if there is.</summary>
    public string NoCalls { get; init; } = string.Empty;

    /// <summary>The bundle that is shown; null for none.</summary>
    public LogEvent.BundleBuilt? Bundle { get; init; }

    /// <summary>Its id, whole.</summary>
    public string Id => Detected.Opp.ToString();

    /// <summary>The id of its trace: the first 16 bytes of its own id.</summary>
    public string TraceId => Id[2..34];

    /// <summary>The score; the scorer says how it follows from its parts.</summary>
    public string Score => $"score {Figures.Count(Detected.Score)} by {Detected.Scorer}";

    /// <summary>The time of the detection.</summary>
    public required UnixNanoseconds DetectedAt { get; init; }
}
