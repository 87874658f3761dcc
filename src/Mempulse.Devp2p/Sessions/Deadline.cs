using Mempulse.Devp2p.Wire;

namespace Mempulse.Devp2p.Sessions;

/// <summary>Runs work under a time limit; exceeding it is the peer's fault.</summary>
internal static class Deadline
{
    /// <exception cref="PeerFaultException">The limit expired; the reason is <see cref="DisconnectReason.Timeout"/>.</exception>
    public static async ValueTask<T> RunAsync<T>(
        Func<CancellationToken, ValueTask<T>> work, TimeSpan limit, TimeProvider time, string timeoutMessage, CancellationToken cancellationToken)
    {
        using var timer = new CancellationTokenSource(limit, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        try
        {
            return await work(both.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (timer.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new PeerFaultException(DisconnectReason.Timeout, timeoutMessage);
        }
    }

    /// <exception cref="PeerFaultException">The limit expired; the reason is <see cref="DisconnectReason.Timeout"/>.</exception>
    public static async ValueTask RunAsync(
        Func<CancellationToken, ValueTask> work, TimeSpan limit, TimeProvider time, string timeoutMessage, CancellationToken cancellationToken) =>
        await RunAsync(
            async token =>
            {
                await work(token).ConfigureAwait(false);
                return true;
            },
            limit,
            time,
                        timeoutMessage,
            cancellationToken).ConfigureAwait(false);
}
