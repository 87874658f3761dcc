using System.Net.Sockets;
using Mempulse.ChainState.Recorded;
using Mempulse.Net.Captures;

namespace Mempulse.Node.Starting;

/// <summary>Distinguishes what a node can fail from by no fault of its own from bugs, which keep their stack trace.</summary>
internal static class ExpectedFailure
{
    /// <summary>The damage or the failure of the environment inside an exception; null for anything else. Hosting and Orleans wrap exceptions.</summary>
    public static Exception? Find(Exception failure) => failure switch
    {
        IOException or SocketException or CaptureDamagedException or RecordedStateDamagedException or UnauthorizedAccessException => failure,
        AggregateException { InnerExceptions: var inner } => inner.Select(Find).FirstOrDefault(expected => expected is not null),
        { InnerException: { } inner } => Find(inner),
        _ => null,
    };

    /// <summary>Whether an exception only says that a start was cancelled.</summary>
    public static bool IsCancellation(Exception failure) => failure switch
    {
        OperationCanceledException or OrleansLifecycleCanceledException => true,
        AggregateException { InnerExceptions: var inner } => inner.All(IsCancellation),
        _ => false,
    };
}
