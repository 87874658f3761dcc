using System.Diagnostics;
using Mempulse.Primitives.Events;

namespace Mempulse.Builder.Answers;

/// <summary>What follows from each class of answers.</summary>
internal static class ErrorClasses
{
    /// <summary>What follows from a class.</summary>
    public static AttemptConsequence ConsequenceOf(ErrorClass kind) => kind switch
    {
        ErrorClass.None => AttemptConsequence.Accepted,
        ErrorClass.RateLimited or ErrorClass.Unavailable or ErrorClass.NotConnected => AttemptConsequence.Retry,
        ErrorClass.Refused or ErrorClass.NotAuthorized or ErrorClass.MethodUnknown or ErrorClass.RequestTooLarge or ErrorClass.Redirected => AttemptConsequence.DoNotRetry,
        ErrorClass.EmptyObject or ErrorClass.EmptyBody or ErrorClass.PlainText or ErrorClass.Html or ErrorClass.Malformed or ErrorClass.AnotherId
            or ErrorClass.TooLong or ErrorClass.ServerError or ErrorClass.GatewayTimeout or ErrorClass.ConnectionLost or ErrorClass.NoAnswer => AttemptConsequence.Unknown,
        _ => throw new UnreachableException(),
    };
}
