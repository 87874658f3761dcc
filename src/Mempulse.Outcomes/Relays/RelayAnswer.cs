using Mempulse.Primitives.Events;

namespace Mempulse.Outcomes.Relays;

/// <summary>One attempt in the window of a relay.</summary>
/// <param name="Kind">How it counts.</param>
/// <param name="LatencyMicroseconds">From the call to the last byte of the answer.</param>
internal readonly record struct RelayAnswer(AnswerKind Kind, ulong LatencyMicroseconds)
{
    /// <summary>How an attempt counts.</summary>
    public static RelayAnswer Of(LogEvent.RelayAttempt attempt) => new(
        attempt.Consequence == AttemptConsequence.Accepted ? AnswerKind.Accepted : IsAnswer(attempt.Class) ? AnswerKind.Refused : AnswerKind.Failed,
        attempt.LatencyMicroseconds);

    // A relay that will not do one request is well; one that does not know who asks, or asks to slow down, is of no use for the next.
    private static bool IsAnswer(ErrorClass found) =>
        found is ErrorClass.None or ErrorClass.EmptyObject or ErrorClass.EmptyBody or ErrorClass.PlainText or ErrorClass.Refused or ErrorClass.MethodUnknown or ErrorClass.RequestTooLarge;
}
