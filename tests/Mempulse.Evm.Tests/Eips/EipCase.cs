using System.Globalization;
using Mempulse.Ethereum.Forks;
using Mempulse.Evm.Frames;
using Mempulse.Primitives;

namespace Mempulse.Evm.Tests.Eips;

/// <summary>Assertions shared by the EIP tests: a fork introduces an instruction or a precompile, or changes a price.</summary>
internal static class EipCase
{
    /// <summary>Returns the gas of a program in a fork; fails if the program fails.</summary>
    public static long GasOf(Fork fork, string code)
    {
        var result = new Trial(fork, code).Run();
        Assert.True(result.Executed.IsSuccess, $"{fork}: {result.Status}");
        return result.Gas;
    }

    /// <summary>Asserts that the program burns all gas in <paramref name="before"/> and costs <paramref name="gas"/> in <paramref name="after"/>.</summary>
    public static void AssertAppears(Fork before, Fork after, string code, long gas)
    {
        var result = new Trial(before, code).Run();
        Assert.Equal(Status.InvalidInstruction, result.Status);
        Assert.Equal(1_000_000, result.GasUsed);
        Assert.Equal(gas, GasOf(after, code));
    }

    /// <summary>Returns a program that calls precompile <paramref name="number"/> with zeros as input and returns the success flag.</summary>
    public static string Call(int number, int inputBytes) => string.Create(
        CultureInfo.InvariantCulture, $"6000600061{inputBytes:x4}6000600061{number:x4}63fffffffff1{Trial.ReturnTop}");

    /// <summary>Returns the gas of that program without the precompile's.</summary>
    /// <param name="inputBytes">Length of the input.</param>
    /// <param name="callGas">The price of CALL in the fork.</param>
    public static long CallGas(int inputBytes, long callGas)
    {
        const long PushGas = 7 * 3;
        long words = (inputBytes + 31L) / 32;
        long memory = (words * 3) + (words * words / 512);
        return PushGas + callGas + memory + Trial.ReturnTopGas - (inputBytes == 0 ? 0 : 3);
    }

    /// <summary>Asserts that a precompile costs <paramref name="gas"/> in <paramref name="after"/> and does not exist in <paramref name="before"/>.</summary>
    public static void AssertPrecompileAppears(Fork before, Fork after, int number, int inputBytes, long gas)
    {
        long callGas = before < Fork.Berlin ? 700 : 2_600;
        Assert.Equal(CallGas(inputBytes, callGas), GasOf(before, Call(number, inputBytes)));
        var result = new Trial(after, Call(number, inputBytes)).Run();
        Assert.Equal(UInt256.One, result.Word);
        Assert.Equal(CallGas(inputBytes, after < Fork.Berlin ? 700 : 100) + gas, result.Gas);
    }
}
