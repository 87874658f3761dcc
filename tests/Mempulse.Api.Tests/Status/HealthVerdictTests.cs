using Mempulse.Api.Status;
using Mempulse.Grains.Abstractions.Ingest;
using Mempulse.Grains.Abstractions.Mempool;
using Mempulse.Grains.Abstractions.Sequencing;
using Mempulse.Primitives;

namespace Mempulse.Api.Tests.Status;

/// <summary>What the health of a chain says, and whether a supervisor sends it requests.</summary>
public sealed class HealthVerdictTests
{
    [Theory]
    [InlineData(FoldPhase.Starting, LogState.Writable, true, "starting", false)]
    [InlineData(FoldPhase.CatchingUp, LogState.Writable, true, "starting", false)]
    [InlineData(FoldPhase.Following, LogState.Writable, true, "ok", true)]
    [InlineData(FoldPhase.Following, LogState.Writable, false, "ended", true)]
    [InlineData(FoldPhase.Following, LogState.NoRoom, true, "degraded", true)]
    [InlineData(FoldPhase.Following, LogState.NoRoom, false, "degraded", true)]
    [InlineData(FoldPhase.Failed, LogState.Writable, true, "failed", false)]
    [InlineData(FoldPhase.Stopped, LogState.Writable, true, "failed", false)]
    [InlineData(FoldPhase.Starting, LogState.Failed, true, "failed", false)]
    public void The_status_follows_from_log_fold_and_lanes(FoldPhase phase, LogState log, bool isRunning, string status, bool isReady)
    {
        var lane = new LaneReport { Name = "rpc", IsRunning = isRunning, IsLogAvailable = true };
        var part = HealthVerdict.Of(new ChainId(1), new LogStatus { State = log }, new PoolStatus { Phase = phase }, [new IngestReport { Host = "node", Time = default, SenderRecovery = string.Empty, Lanes = [lane] }]);

        Assert.Equal((status, isReady), (part.Status, HealthVerdict.IsReady(part.Status)));
    }

    [Fact]
    public void A_lane_that_failed_has_not_ended()
    {
        var lane = new LaneReport { Name = "rpc", IsRunning = false, IsLogAvailable = true, Failure = "It broke." };
        var part = HealthVerdict.Of(new ChainId(1), new LogStatus { State = LogState.Writable }, new PoolStatus { Phase = FoldPhase.Following }, [new IngestReport { Host = "node", Time = default, SenderRecovery = string.Empty, Lanes = [lane] }]);

        Assert.Equal("degraded", part.Status);
    }
}
