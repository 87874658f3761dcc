using Mempulse.Devp2p.Wire;

namespace Mempulse.Devp2p.Sessions;

/// <summary>The disconnect message to a peer.</summary>
internal static class Goodbye
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);

    /// <summary>Sends a disconnect, and waits at most one second for the peer to read it.</summary>
    public static async Task SayAsync(RlpxConnection connection, DisconnectReason reason, TimeProvider time) => await Deadline.RunAsync(
        token => connection.WriteAsync(BaseProtocol.Disconnect, DisconnectMessage.Encode(reason), token),
        Limit,
        time,
        "The peer does not read its messages.",
        CancellationToken.None).ConfigureAwait(false);
}
