using Mempulse.Primitives.Events;

namespace Mempulse.Dashboard.Screens.Transaction;

/// <summary>What the logs of a block say about a decoded trade, in words.</summary>
internal static class GradeText
{
    /// <summary>The verdict and the part that it is about.</summary>
    public static string Of(LogEvent.DecodeGraded graded) => graded.Verdict switch
    {
        GradeVerdict.Agrees => "verified by logs: tokens and amounts agree",
        GradeVerdict.FeeOnTransfer => "verified by logs: less arrived, since a token keeps a share of each transfer",
        GradeVerdict.Partial => $"verified by logs as far as it is stated; not stated: {PartOf(graded.Part)}",
        GradeVerdict.NothingClaimed => "the decode states nothing that logs could contradict",
        GradeVerdict.Disagrees => $"the logs contradict the decode: {PartOf(graded.Part)}{(graded.WasCertain ? ", which was called exact" : string.Empty)}",
        _ => graded.Verdict.ToString(),
    };

    private static string PartOf(TradePart part) => part switch
    {
        TradePart.TokenIn => "the token given",
        TradePart.TokenOut => "the token received",
        TradePart.AmountIn => "the amount given",
        TradePart.AmountOut => "the amount received",
        _ => "nothing",
    };
}
