using System.Text.Json.Nodes;

namespace Mempulse.Client.Events;

/// <summary>One event of the log.</summary>
/// <remarks>The text is that of docs/formats/events.md, the same in the API and the command line. A member without a value is left out.</remarks>
public sealed record EventBody
{
    /// <summary>Its position.</summary>
    public required ulong Seq { get; init; }

    /// <summary>Its kind; a bare number for a kind that this version does not know.</summary>
    public required string Type { get; init; }

    /// <summary>The version of its payload.</summary>
    public required int Version { get; init; }

    /// <summary>When it was observed, in RFC 3339 with nanoseconds; for analysis, never for order.</summary>
    public required string Time { get; init; }

    /// <summary>The id of the lane that produced it, in hex.</summary>
    public required string Lane { get; init; }

    /// <summary>Its number in the lane, or its ordinal under <see cref="Cause"/>.</summary>
    public required ulong LocalSeq { get; init; }

    /// <summary>The id of its source, in hex; absent when it has none.</summary>
    public string? Source { get; init; }

    /// <summary>The fact it was derived from; absent for a fact.</summary>
    public ulong? Cause { get; init; }

    /// <summary>The transaction it is about.</summary>
    public string? Tx { get; init; }

    /// <summary>The block it is about.</summary>
    public string? Block { get; init; }

    /// <summary>The account it is about.</summary>
    public string? Sender { get; init; }

    /// <summary>The opportunity it is about.</summary>
    public string? Opp { get; init; }

    /// <summary>The simulation it is about.</summary>
    public string? Sim { get; init; }

    /// <summary>The bundle it is about.</summary>
    public string? Bundle { get; init; }

    /// <summary>The peer it is about, by the Keccak-256 of its public key.</summary>
    public string? Peer { get; init; }

    /// <summary>The fields of its kind (docs/formats/events.md): hashes, accounts and bytes in hex, 256-bit numbers as decimal strings, enums by name.</summary>
    public required JsonObject Payload { get; init; }
}
