namespace Mempulse.Client.Opportunities;

/// <summary>The opportunities of a chain, the best first.</summary>
public sealed record OppsResponse
{
    /// <summary>The chain.</summary>
    public required string Chain { get; init; }

    /// <summary>The position in the log whose state this is.</summary>
    public required ulong AsOfSeq { get; init; }

    /// <summary>The strategies in force, each as id and version.</summary>
    public required IReadOnlyList<string> Strategies { get; init; }

    /// <summary>Opportunities that hold.</summary>
    public required int Open { get; init; }

    /// <summary>Opportunities that no longer hold and may be reopened by a reorg.</summary>
    public required int Closed { get; init; }

    /// <summary>Opportunities that were detected since the log began.</summary>
    public required ulong Detected { get; init; }

    /// <summary>Opportunities that were handed on to simulation.</summary>
    public required ulong HandedOn { get; init; }

    /// <summary>Gains that no simulation can show, so that they were not handed on: each says why.</summary>
    public required ulong NotSimulable { get; init; }

    /// <summary>What bounds left out since the log began: what ranked below, and what there was no room for.</summary>
    public required ulong LeftOut { get; init; }

    /// <summary>Why nothing can be found now; null if something can.</summary>
    public string? Note { get; init; }

    /// <summary>The opportunities.</summary>
    public required IReadOnlyList<OppPart> Opportunities { get; init; }
}
