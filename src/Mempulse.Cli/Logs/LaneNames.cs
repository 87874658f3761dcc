using Mempulse.Folding;
using Mempulse.Folding.Checkpoints;
using Mempulse.Folding.Live;
using Mempulse.Net.Blocks;
using Mempulse.Net.Mempool;
using Mempulse.Net.Peers;
using Mempulse.Net.Playback;
using Mempulse.Primitives;

namespace Mempulse.Cli.Logs;

/// <summary>Readable names of lanes; a record has only the id.</summary>
internal static class LaneNames
{
    private static readonly string[] s_known =
    [
        "fold", "sim", "pools", "playback-swaps", EpochStart.LaneName, RulesRecord.LaneName, CheckpointStore.LaneName, DamageRecorder.LaneName,
        PlaybackOptions.DefaultLaneName, RpcLaneOptions.DefaultName, BlockFollowerOptions.DefaultName, PeerLaneOptions.DefaultName,
    ];

    /// <summary>The name of a well-known lane, otherwise the id.</summary>
    public static string Of(LaneId lane) => Array.Find(s_known, name => LaneId.Of(name) == lane) ?? lane.ToString();
}
