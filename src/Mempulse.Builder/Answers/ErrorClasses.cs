using System.Diagnostics;

namespace Mempulse.Builder.Answers;

/// <summary>What follows from each class of answers.</summary>
internal static class ErrorClasses
{
    /// <summary>What follows from a class.</summary>
    public static Consequence ConsequenceOf(ErrorClass kind) => kind switch
    {
        ErrorClass.None => Consequence.Accepted,
        ErrorClass.RateLimited or ErrorClass.Unavailable or ErrorClass.NotConnected => Consequence.Retry,
        ErrorClass.Refused or ErrorClass.NotAuthorized or ErrorClass.MethodUnknown or ErrorClass.RequestTooLarge or ErrorClass.Redirected => Consequence.DoNotRetry,
        ErrorClass.EmptyObject or ErrorClass.EmptyBody or ErrorClass.PlainText or ErrorClass.Html or ErrorClass.Malformed or ErrorClass.AnotherId
            or ErrorClass.TooLong or ErrorClass.ServerError or ErrorClass.GatewayTimeout or ErrorClass.ConnectionLost or ErrorClass.NoAnswer => Consequence.Unknown,
        _ => throw new UnreachableException(),
    };
}
