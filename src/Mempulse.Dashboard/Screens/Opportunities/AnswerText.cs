using System.Globalization;
using Mempulse.Dashboard.Format;
using Mempulse.Primitives.Events;

namespace Mempulse.Dashboard.Screens.Opportunities;

/// <summary>Answers of relays in a few words.</summary>
internal static class AnswerText
{
    /// <summary>What an answer is counted under.</summary>
    public static string CauseOf(LogEvent.RelayAttempt answered) => answered switch
    {
        { IsDryRun: true } => "dry run, nothing sent",
        { Consequence: AttemptConsequence.Accepted } => "accepted",
        { Class: ErrorClass.RateLimited } => "429, rate limited",
        { Class: ErrorClass.ServerError or ErrorClass.GatewayTimeout or ErrorClass.Unavailable } => "5xx, failed",
        _ => Words.Split(answered.Class.ToString()),
    };

    /// <summary>What the relay said.</summary>
    public static string Of(LogEvent.RelayAttempt answered) => answered.IsDryRun ? "dry run, nothing sent"
        : answered.Class == ErrorClass.None ? $"{Status(answered)}{Followed(answered.Consequence)}"
        : $"{Status(answered)}{Words.Split(answered.Class.ToString())}{(answered.Consequence == AttemptConsequence.Accepted ? ", accepted" : string.Empty)}";

    private static string Status(LogEvent.RelayAttempt answered) => answered.Status is { } status ? string.Create(CultureInfo.InvariantCulture, $"{status}, ") : string.Empty;

    private static string Followed(AttemptConsequence consequence) => consequence switch
    {
        AttemptConsequence.Accepted => "accepted",
        AttemptConsequence.Retry => "may be tried again",
        AttemptConsequence.DoNotRetry => "refused",
        _ => "it may have it",
    };
}
