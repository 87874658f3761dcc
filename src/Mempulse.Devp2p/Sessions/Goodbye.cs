using Mempulse.Devp2p.Wire;

namespace Mempulse.Devp2p.Sessions;

/// <summary>The last message to a peer.</summary>
internal static class Goodbye
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);

    /// <summary>Sends a disconnect, and waits no longer than a second for the peer to take it.</summary>
    public static async Task SayAsync(RlpxConnection connection, DisconnectReason reason, TimeProvider time) => await Deadline.RunAsync(
        token => connection.WriteAsync(BaseProtocol.Disconnect, DisconnectMessage.Encode(reason), token), Limit, time, "The peer does not read.", CancellationToken.None).ConfigureAwait(false);
}
