using Mempulse.Ethereum.Forks;
using Mempulse.Evm.Frames;
using Mempulse.Primitives;

namespace Mempulse.Evm.Tests.Eips;

/// <summary>Modular exponentiation: EIP-198 and its changes by EIP-2565, EIP-7823 and EIP-7883.</summary>
public sealed class ModExpTests
{
    /// <summary>Base, exponent and modulus of 32 bytes each: 3^(2^255) mod 2^255.</summary>
    private const string Words =
        "000000000000000000000000000000000000000000000000000000000000002000000000000000000000000000000000000000000000000000000000000000200000000000000000000000000000000000000000000000000000000000000020"
        + "0000000000000000000000000000000000000000000000000000000000000003"
        + "8000000000000000000000000000000000000000000000000000000000000000"
        + "8000000000000000000000000000000000000000000000000000000000000000";

    /// <summary>A declared base length of 1,025 bytes, without any data.</summary>
    private const string LongBase =
        "000000000000000000000000000000000000000000000000000000000000040100000000000000000000000000000000000000000000000000000000000000010000000000000000000000000000000000000000000000000000000000000001";

    private static Address ModExp { get; } = Address.Parse("0x0000000000000000000000000000000000000005");

    [Theory]
    [InlineData(Fork.SpuriousDragon, 0)] // not a precompile yet
    [InlineData(Fork.Byzantium, 32 * 32 * 255 / 20)]
    [InlineData(Fork.Istanbul, 32 * 32 * 255 / 20)]
    [InlineData(Fork.Berlin, 4 * 4 * 255 / 3)]
    [InlineData(Fork.Cancun, 4 * 4 * 255 / 3)]
    public void The_price_of_a_32_byte_power_depends_on_the_fork(Fork fork, long gas) => Assert.Equal(gas, Run(fork, Words).Gas);

    /// <summary>EIP-7883 raises the minimum price. A contract makes the call, because a transaction's calldata floor would hide it.</summary>
    [Theory]
    [InlineData(Fork.Prague, 200)]
    [InlineData(Fork.Osaka, 500)]
    public void The_minimum_price_rises_with_Osaka(Fork fork, long gas) =>
        Assert.Equal(EipCase.CallGas(96, 100) + gas, EipCase.GasOf(fork, EipCase.Call(5, 96)));

    [Theory]
    [InlineData(Fork.Prague, Status.Return)]
    [InlineData(Fork.Osaka, Status.OutOfGas)] // fails and burns all gas
    public void Operands_above_1024_bytes_fail_since_Osaka(Fork fork, Status status) => Assert.Equal(status, Run(fork, LongBase).Status);

    /// <summary>
    /// Lengths at the limits of integers that cost little, because the base and the modulus are short, or a lot and are paid. Input that ends before the
    /// modulus means a modulus of zero.
    /// </summary>
    [Theory]
    [InlineData("0", "7fffffff", "0", "")]
    [InlineData("0", "80000000", "0", "")]
    [InlineData("0", "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff", "0", "")]
    [InlineData("0", "80000000", "1", "00")]
    [InlineData("1", "7fffffff", "2", "0000")]
    [InlineData("80000000", "0", "1", "00")]
    [InlineData("80000000", "20", "1", "00")]
    [InlineData("1", "1", "4", "00000000")]
    public void Lengths_beyond_the_input_are_computed_when_their_gas_is_paid(string baseBytes, string exponentBytes, string modulusBytes, string result)
    {
        string header = baseBytes.PadLeft(64, '0') + exponentBytes.PadLeft(64, '0') + modulusBytes.PadLeft(64, '0');
        const ulong Gas = long.MaxValue;

        foreach (string operands in new[] { "", "03" })
        {
            var run = new Trial(Fork.Byzantium)
                .In(block => block with { GasLimit = Gas })
                .With(transaction => transaction with { Recipient = ModExp, Input = Convert.FromHexString(header + operands), GasLimit = Gas })
                .Run();

            Assert.Equal((Status.Return, result), (run.Status, Convert.ToHexStringLower(run.Executed.Output.Span)));
        }
    }

    /// <summary>A result that no memory can hold runs out of gas, whatever the gas limit.</summary>
    [Theory]
    [InlineData("80000000")]
    [InlineData("ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff")]
    public void A_modulus_longer_than_memory_runs_out_of_gas(string modulusBytes) =>
        Assert.Equal(Status.OutOfGas, Run(Fork.Byzantium, new string('0', 128) + modulusBytes.PadLeft(64, '0')).Status);

    private static TrialResult Run(Fork fork, string input) => new Trial(fork)
        .With(transaction => transaction with
        {
            Recipient = ModExp,
            Input = Convert.FromHexString(input),
        })
        .Run();
}
