using Mempulse.Client.Decoding;
using Mempulse.Features.Registry;
using Mempulse.Grains.Abstractions.Decoding;
using Mempulse.Primitives;

namespace Mempulse.Api.Decoding;

/// <summary>Turns grades into a response.</summary>
internal static class DecodersText
{
    private const ulong AllBasisPoints = 10_000;

    public static DecodersResponse Of(ChainId chain, DecoderGrades grades, ContractRegistry? registry) => new()
    {
        Chain = chain.ToString(),
        Decoders = [.. grades.Decoders.Select(decoder => Of(chain, decoder, registry))
            .OrderByDescending(static decoder => decoder.Disagreed).ThenByDescending(static decoder => decoder.Graded).ThenBy(static decoder => decoder.Signature, StringComparer.Ordinal)],
        NotGraded = grades.NotGraded,
    };

    private static DecoderPart Of(ChainId chain, DecoderReport decoder, ContractRegistry? registry)
    {
        ulong graded = decoder.Agreed + decoder.FeeOnTransfer + decoder.Partial + decoder.Disagreed;
        return new DecoderPart
        {
            Contract = decoder.Contract.IsZero ? null : decoder.Contract.ToString(),
            Name = registry?.Find(new ContractKey(chain, decoder.Contract), DecodedCall.Newest)?.Name,
            Layout = decoder.Layout,
            Signature = decoder.Signature,
            Graded = graded,
            Agreed = decoder.Agreed,
            FeeOnTransfer = decoder.FeeOnTransfer,
            Partial = decoder.Partial,
            Disagreed = decoder.Disagreed,
            CertainlyWrong = decoder.CertainlyWrong,
            AccuracyBasisPoints = (int)((graded - decoder.Disagreed) * AllBasisPoints / Math.Max(graded, 1)),
            RecentlyWrong = decoder.RecentlyWrong,
            Drifting = decoder.IsDrifting,
        };
    }
}
