using System.Text.Json.Nodes;

namespace Mempulse.Api.Events;

/// <summary>One event of the log.</summary>
public sealed record EventBody
{
    /// <summary>Its position.</summary>
    public required ulong Seq { get; init; }

    /// <summary>What happened; a bare number for a kind that this version does not know.</summary>
    public required string Type { get; init; }

    /// <summary>The version of its payload.</summary>
    public required int Version { get; init; }

    /// <summary>When it was observed, in RFC 3339 with nanoseconds; for analysis, never for order.</summary>
    public required string Time { get; init; }

    /// <summary>The id of the lane that produced it, in hex.</summary>
    public required string Lane { get; init; }

    /// <summary>Its number in the lane, or its ordinal under <see cref="Cause"/>.</summary>
    public required ulong LocalSeq { get; init; }

    /// <summary>The id of its source, in hex; null when it has none.</summary>
    public string? Source { get; init; }

    /// <summary>The fact it was derived from; null for a fact.</summary>
    public ulong? Cause { get; init; }

    /// <summary>The transaction it speaks of.</summary>
    public string? Tx { get; init; }

    /// <summary>The block it speaks of.</summary>
    public string? Block { get; init; }

    /// <summary>The account it speaks of.</summary>
    public string? Sender { get; init; }

    /// <summary>The simulation it speaks of.</summary>
    public string? Sim { get; init; }

    /// <summary>What it says besides; 256-bit numbers are decimal strings.</summary>
    public required JsonObject Payload { get; init; }
}
