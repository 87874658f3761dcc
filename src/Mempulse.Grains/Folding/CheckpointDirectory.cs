using Mempulse.Canon;
using Mempulse.Canon.Snapshots;
using Mempulse.Grains.Logs;
using Mempulse.Primitives;
using Microsoft.Extensions.Options;

namespace Mempulse.Grains.Folding;

/// <summary>Where the checkpoints of this silo's chains lie: beside their logs.</summary>
internal sealed class CheckpointDirectory(IOptions<LogHostOptions> options)
{
    /// <summary>The checkpoints of a chain.</summary>
    public ICheckpoints Of(ChainId chain) =>
        new SnapshotCheckpoints(new SnapshotStore(options.Value.Files, Path.Combine(options.Value.DirectoryOf(chain), LogDirectory.CheckpointsName)));
}
