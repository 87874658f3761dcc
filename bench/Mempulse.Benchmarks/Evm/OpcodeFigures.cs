using System.Diagnostics;
using System.Globalization;
using Mempulse.Ethereum.Forks;

namespace Mempulse.Benchmarks.Evm;

/// <summary>Gas per second of every instruction with operands that make it slow, on one core.</summary>
internal static class OpcodeFigures
{
    private const ulong Gas = 10_000_000;
    private const double Goal = 10;
    private const int Repeats = 32;

    // Highest word first: a wide number, a modulus of four full limbs and so on; each instruction uses those it needs.
    private const string Wide = "7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff1f";
    private const string Odd = "7f8000000000000001000000000000000300000000000000050000000000000007";
    private const string Other = "7fedcba98765432100edcba98765432100edcba98765432100edcba98765432100";

    /// <summary>Name and code of the instruction, with its operands before it and the POPs after it, as hex.</summary>
    private static readonly (string Name, string Body)[] Instructions =
    [
        ("ADD", Odd + Wide + "0150"), ("MUL", Odd + Wide + "0250"), ("SUB", Odd + Wide + "0350"), ("DIV", Odd + Wide + "0450"), ("DIV by 65 bits", "68010000000000000007" + Wide + "0450"),
        ("SDIV", Odd + Other + "0550"), ("MOD", Odd + Wide + "0650"), ("SMOD", Odd + Other + "0750"), ("ADDMOD", Odd + Wide + Wide + "0850"), ("MULMOD", Odd + Wide + Wide + "0950"),
        ("MULMOD by 65 bits", "68010000000000000007" + Wide + Wide + "0950"), ("EXP", Wide + Wide + "0a50"), ("EXP of one byte", "60ff" + Wide + "0a50"), ("SIGNEXTEND", Wide + "600f0b50"),
        ("LT", Odd + Odd + "1050"), ("GT", Odd + Odd + "1150"), ("SLT", Odd + Odd + "1250"), ("SGT", Odd + Odd + "1350"), ("EQ", Odd + Odd + "1450"), ("ISZERO", Odd + "1550"),
        ("AND", Odd + Odd + "1650"), ("OR", Odd + Odd + "1750"), ("XOR", Odd + Odd + "1850"), ("NOT", Odd + "1950"), ("BYTE", Odd + "60081a50"), ("SHL", Odd + "60491b50"), ("SHR", Odd + "60491c50"),
        ("SAR", Other + "60491d50"), ("CLZ", Odd + "1e50"), ("KECCAK256 of 0", "5f5f2050"), ("KECCAK256 of 136", "60885f2050"), ("KECCAK256 of 4096", "6110005f2050"), ("ADDRESS", "3050"), ("BALANCE warm", "303150"),
        ("ORIGIN", "3250"), ("CALLER", "3350"), ("CALLVALUE", "3450"), ("CALLDATALOAD", "5f3550"), ("CALLDATASIZE", "3650"), ("CALLDATACOPY", "6110005f5f37"), ("CODESIZE", "3850"), ("CODECOPY", "6110005f5f39"),
        ("GASPRICE", "3a50"), ("EXTCODESIZE warm", "303b50"), ("EXTCODECOPY warm", "6110005f5f303c"), ("RETURNDATASIZE", "3d50"), ("RETURNDATACOPY", "5f5f5f3e"), ("EXTCODEHASH warm", "303f50"), ("BLOCKHASH", "5f4050"),
        ("COINBASE", "4150"), ("TIMESTAMP", "4250"), ("NUMBER", "4350"), ("PREVRANDAO", "4450"), ("GASLIMIT", "4550"), ("CHAINID", "4650"), ("SELFBALANCE", "4750"), ("BASEFEE", "4850"), ("BLOBHASH", "5f4950"),
        ("BLOBBASEFEE", "4a50"), ("MLOAD", "60015150"), ("MSTORE", "5f600152"), ("MSTORE8", "5f600153"), ("SLOAD warm", "5f5450"), ("SLOAD cold", "5a5450"), ("SSTORE warm", "5a5f55"), ("SSTORE cold", "60015a55"),
        ("PC", "5850"), ("MSIZE", "5950"), ("GAS", "5a50"), ("JUMPDEST", "5b"), ("TLOAD", "5f5c50"), ("TSTORE", "5a5f5d"), ("TSTORE new", "5a5a5d"), ("MCOPY", "6110005f60015e"), ("PUSH0", "5f50"), ("PUSH1", "600150"),
        ("PUSH17", "70" + "0102030405060708091011121314151617" + "50"), ("PUSH32", Odd + "50"), ("DUP1", "5f805050"), ("SWAP1", "5f5f905050"), ("LOG0", "5f5fa0"), ("LOG4 of 4096", "5f5f5f5f6110005fa4"),
        ("CALL of nothing", "5f5f5f5f5f615bad61fffff150"), ("STATICCALL of identity", "5f5f6110005f600461fffffa50"), ("CREATE of nothing", "5f5f5ff050"), ("BALANCE cold", "5a3150"), ("EXTCODESIZE cold", "5a3b50"),
    ];

    /// <summary>Prints the table, slowest first, and the number below the goal.</summary>
    public static void Print(TextWriter output)
    {
        var rates = Instructions.Select(row => (row.Name, Rate: Measure(row.Body))).OrderBy(row => row.Rate).ToArray();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  instructions with the PUSH and POP around them, Mgas/s, slowest first; {rates.Count(row => row.Rate < Goal)} below the goal of {Goal}"));
        foreach (var line in rates.Chunk(5))
        {
            output.WriteLine("  " + string.Join("  ", line.Select(row => string.Create(CultureInfo.InvariantCulture, $"{row.Name,-22} {row.Rate,6:F0}"))));
        }
    }

    private static double Measure(string body)
    {
        var code = new List<byte>(Convert.FromHexString("5b"));
        code.AddRange(Enumerable.Repeat(Convert.FromHexString(body), Repeats).SelectMany(bytes => bytes));
        code.AddRange(Convert.FromHexString("5f56"));
        var call = new LocalCall([.. code], Fork.Osaka);
        double best = 0;
        for (int round = 0; round < 3; round++)
        {
            long begun = Stopwatch.GetTimestamp();
            call.Run(Gas);
            best = Math.Max(best, call.GasUsed / Stopwatch.GetElapsedTime(begun).TotalSeconds / 1e6);
        }

        return best;
    }
}
