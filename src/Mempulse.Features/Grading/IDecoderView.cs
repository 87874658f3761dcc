namespace Mempulse.Features.Grading;

/// <summary>How far decoding can be relied on, by what the chain showed.</summary>
public interface IDecoderView
{
    /// <summary>Included trades that were not graded: their logs were incomplete or unverified, or a bound was reached.</summary>
    ulong NotGraded { get; }

    /// <summary>Which amounts may be relied on.</summary>
    DecodeTrust Trust { get; }

    /// <summary>Functions that were graded, in the order of contract and function.</summary>
    IReadOnlyList<DecoderStanding> Decoders();
}
