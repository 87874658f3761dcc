using Mempulse.Canon.Snapshots;
using Mempulse.Grains.Folding;
using Mempulse.Primitives;
using Mempulse.Testing.SimulatedDisk;

namespace Mempulse.Grains.Tests.Folding;

public sealed class SnapshotCheckpointsTests
{
    [Fact]
    public void A_store_without_checkpoints_gives_none_and_not_an_empty_one()
    {
        var checkpoints = new SnapshotCheckpoints(new SnapshotStore(new SimulatedFileSystem(seed: 1), "/checkpoints"));

        Assert.Null(checkpoints.ReadNewest(new GlobalSeq(100)));
        Assert.Null(checkpoints.ReadAtMost(new GlobalSeq(100)));
    }
}
