using Mempulse.JsonRpc.Calls;

namespace Mempulse.Net.Blocks;

/// <summary>Measures how long a node has reported neither the recorded head nor progress towards it.</summary>
/// <remarks>
/// A backend that lags catches up or alternates with one that does not; a node that removed blocks does neither. Confined to the
/// follower's loop.
/// </remarks>
internal sealed class HeadAbsence(TimeSpan patience, TimeProvider time)
{
    private RpcClient? _client;
    private SeenBlock _tip;
    private ulong _highest;
    private long _since;

    /// <summary>The head was reported: it is not absent.</summary>
    public void End() => _client = null;

    /// <summary>Notes that a node's head is below or beside ours.</summary>
    /// <param name="client">The connection it was reported on. A new connection starts again: a restarted node needs time too.</param>
    /// <param name="tip">Our head.</param>
    /// <param name="height">The height that the node reports.</param>
    /// <returns>True once the node has not reported our head for as long as the option says.</returns>
    public bool Note(RpcClient client, SeenBlock tip, ulong height)
    {
        if (client != _client || tip != _tip || height > _highest)
        {
            (_client, _tip, _highest, _since) = (client, tip, height, time.GetTimestamp());
        }

        return time.GetElapsedTime(_since) >= patience;
    }
}
