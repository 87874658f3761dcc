using Mempulse.Net.Blocks;
using Mempulse.Net.Mempool;
using Mempulse.Net.Peers;
using Mempulse.Net.Playback;
using Mempulse.Primitives;

namespace Mempulse.Cli.Logs;

/// <summary>Names of lanes for people: a record has only the id.</summary>
internal static class LaneNames
{
    private static readonly string[] s_known =
    [
        "fold", "host", "sim",
        PlaybackOptions.DefaultLaneName, RpcLaneOptions.DefaultName, BlockFollowerOptions.DefaultName, PeerLaneOptions.DefaultName,
    ];

    /// <summary>The name of a lane whose name is well known, else its id.</summary>
    public static string Of(LaneId lane) => Array.Find(s_known, name => LaneId.Of(name) == lane) ?? lane.ToString();
}
