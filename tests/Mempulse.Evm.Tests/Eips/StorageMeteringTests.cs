using System.Globalization;
using Mempulse.Ethereum.Forks;
using Mempulse.Evm.Frames;

namespace Mempulse.Evm.Tests.Eips;

/// <summary>SSTORE gas by current value, net metered (EIP-1283, EIP-2200), and with cold access (EIP-2929, EIP-3529): EIP-2200's cases in all forks.</summary>
public sealed class StorageMeteringTests
{
    /// <summary>Gas and refund of two writes to a slot. The four pushes cost 12 more.</summary>
    [Theory]
    [InlineData(Fork.Byzantium, 0, 0, 0, 10_000, 0)]
    [InlineData(Fork.Constantinople, 0, 0, 0, 400, 0)]
    [InlineData(Fork.Petersburg, 0, 0, 0, 10_000, 0)]
    [InlineData(Fork.Istanbul, 0, 0, 0, 1_600, 0)]
    [InlineData(Fork.Berlin, 0, 0, 0, 2_300, 0)]
    [InlineData(Fork.Byzantium, 0, 0, 1, 25_000, 0)]
    [InlineData(Fork.Constantinople, 0, 0, 1, 20_200, 0)]
    [InlineData(Fork.Petersburg, 0, 0, 1, 25_000, 0)]
    [InlineData(Fork.Istanbul, 0, 0, 1, 20_800, 0)]
    [InlineData(Fork.Berlin, 0, 0, 1, 22_200, 0)]
    [InlineData(Fork.Constantinople, 0, 1, 0, 20_200, 19_800)]
    [InlineData(Fork.Istanbul, 0, 1, 0, 20_800, 19_200)]
    [InlineData(Fork.Berlin, 0, 1, 0, 22_200, 19_900)]
    [InlineData(Fork.London, 0, 1, 0, 22_200, 19_900)]
    [InlineData(Fork.Byzantium, 1, 0, 0, 10_000, 15_000)]
    [InlineData(Fork.Constantinople, 1, 0, 0, 5_200, 15_000)]
    [InlineData(Fork.Istanbul, 1, 0, 0, 5_800, 15_000)]
    [InlineData(Fork.Berlin, 1, 0, 0, 5_100, 15_000)]
    [InlineData(Fork.London, 1, 0, 0, 5_100, 4_800)]
    [InlineData(Fork.Constantinople, 1, 2, 1, 5_200, 4_800)]
    [InlineData(Fork.Istanbul, 1, 2, 1, 5_800, 4_200)]
    [InlineData(Fork.Berlin, 1, 2, 1, 5_100, 2_800)]
    [InlineData(Fork.Constantinople, 1, 0, 1, 5_200, 4_800)] // the refund for the cleared slot is taken back
    [InlineData(Fork.Istanbul, 1, 0, 1, 5_800, 4_200)]
    [InlineData(Fork.Berlin, 1, 0, 1, 5_100, 2_800)]
    [InlineData(Fork.London, 1, 0, 1, 5_100, 2_800)]
    [InlineData(Fork.London, 1, 0, 2, 5_100, 0)]
    [InlineData(Fork.London, 1, 2, 0, 5_100, 4_800)]
    public void Two_writes_have_the_gas_and_refund_of_the_fork(Fork fork, int original, int first, int second, long gas, long refund)
    {
        string code = string.Create(CultureInfo.InvariantCulture, $"60{first:x2}60005560{second:x2}600055");

        var result = new Trial(fork, code).With(Trial.Contract, slot: default, (ulong)original).Run();

        long maxRefund = (result.Gas + result.Intrinsic) / (fork >= Fork.London ? 5 : 2);
        Assert.Equal((gas + 12, Math.Min(refund, maxRefund)), (result.Gas, result.Refund));
    }

    /// <summary>A call stipend must not suffice for a write. EIP-1283 lacked this rule and was withdrawn for it.</summary>
    [Theory]
    [InlineData(Fork.Constantinople, Status.Stop)]
    [InlineData(Fork.Istanbul, Status.OutOfGas)]
    public void A_write_with_2300_gas_left_fails_since_Istanbul(Fork fork, Status status) =>
        Assert.Equal(status, new Trial(fork, "6000600055").With(transaction => transaction with { GasLimit = 21_000 + 6 + 2_300 }).Run().Status);
}
