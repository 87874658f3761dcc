using Mempulse.Features.Grading;
using Mempulse.Grains.Abstractions.Decoding;
using Mempulse.Replay;

namespace Mempulse.Grains.Mempool;

/// <summary>Builds answers about decoding from the fold's state.</summary>
internal static class DecoderAnswers
{
    public static DecoderGrades Of(ReplayEngine engine)
    {
        var view = engine.View<IDecoderView>();
        return new DecoderGrades([.. view.Decoders().Select(Of)], view.NotGraded);
    }

    /// <summary>The functions whose amounts are not certain.</summary>
    public static IReadOnlyList<DriftingFunction> Drifting(ReplayEngine engine) =>
        [.. engine.View<IDecoderView>().Trust.Drifting.Select(static function => new DriftingFunction(function.Contract, function.Layout, function.Signature))];

    /// <summary>Names the functions that drift, for people.</summary>
    public static IReadOnlyList<string> DriftingIn(ReplayEngine engine) =>
        [.. engine.View<IDecoderView>().Trust.Drifting.Select(static decoder => $"{decoder.Signature} of {(decoder.Contract.IsZero ? "contracts known by their selector" : decoder.Contract.ToString())} ({decoder.Layout})")];

    /// <summary>The graded trades by verdict, for metrics.</summary>
    public static IReadOnlyList<(string Verdict, long Count)> Counts(ReplayEngine engine)
    {
        var view = engine.View<IDecoderView>();
        var (agreed, fee, partial, disagreed) = (0UL, 0UL, 0UL, 0UL);
        foreach (var decoder in view.Decoders())
        {
            (agreed, fee, partial, disagreed) = (agreed + decoder.Agreed, fee + decoder.FeeOnTransfer, partial + decoder.Partial, disagreed + decoder.Disagreed);
        }

        return [("agrees", (long)agreed), ("fee_on_transfer", (long)fee), ("partial", (long)partial), ("disagrees", (long)disagreed), ("not_graded", (long)view.NotGraded)];
    }

    private static DecoderReport Of(DecoderStanding decoder) => new()
    {
        Contract = decoder.Contract,
        Layout = decoder.Layout,
        Signature = decoder.Signature,
        Agreed = decoder.Agreed,
        FeeOnTransfer = decoder.FeeOnTransfer,
        Partial = decoder.Partial,
        Disagreed = decoder.Disagreed,
        CertainlyWrong = decoder.CertainlyWrong,
        RecentlyWrong = decoder.RecentlyWrong,
        IsDrifting = decoder.IsDrifting,
    };
}
