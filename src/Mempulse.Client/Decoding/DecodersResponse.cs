namespace Mempulse.Client.Decoding;

/// <summary>How far decoding can be relied on: decoded trades of included transactions, held against their logs.</summary>
public sealed record DecodersResponse
{
    /// <summary>The chain.</summary>
    public required string Chain { get; init; }

    /// <summary>The functions, those with the most contradicted trades first.</summary>
    public required IReadOnlyList<DecoderPart> Decoders { get; init; }

    /// <summary>Included trades that were not graded: their logs were incomplete or unverified, or a bound was reached.</summary>
    public required ulong NotGraded { get; init; }
}
