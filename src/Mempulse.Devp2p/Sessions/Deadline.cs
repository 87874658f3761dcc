using Mempulse.Devp2p.Wire;

namespace Mempulse.Devp2p.Sessions;

/// <summary>Runs something with a limit by the given clock; past it the peer is at fault.</summary>
internal static class Deadline
{
    /// <exception cref="PeerFaultException">The limit passed; the reason is <see cref="DisconnectReason.Timeout"/>.</exception>
    public static async ValueTask<T> RunAsync<T>(Func<CancellationToken, ValueTask<T>> work, TimeSpan limit, TimeProvider time, string sentence, CancellationToken cancellationToken)
    {
        using var timer = new CancellationTokenSource(limit, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        try
        {
            return await work(both.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (timer.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new PeerFaultException(DisconnectReason.Timeout, sentence);
        }
    }

    /// <exception cref="PeerFaultException">The limit passed; the reason is <see cref="DisconnectReason.Timeout"/>.</exception>
    public static async ValueTask RunAsync(Func<CancellationToken, ValueTask> work, TimeSpan limit, TimeProvider time, string sentence, CancellationToken cancellationToken) =>
        await RunAsync(
            async token =>
            {
                await work(token).ConfigureAwait(false);
                return true;
            },
            limit,
            time,
            sentence,
            cancellationToken).ConfigureAwait(false);
}
