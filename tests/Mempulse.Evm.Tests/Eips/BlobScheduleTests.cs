using Mempulse.Ethereum.Forks;
using Mempulse.Evm.Forks;

namespace Mempulse.Evm.Tests.Eips;

public sealed class BlobScheduleTests
{
    [Fact]
    public void The_schedule_of_every_fork_is_that_of_its_rules() =>
        Assert.All(Enum.GetValues<Fork>(), static fork => Assert.Equal(ForkHistory.Of(fork).Blobs, BlobSchedule.Of(fork)));
}
