using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using Mempulse.Ethereum.Forks;

namespace Mempulse.Benchmarks.Evm;

/// <summary>Gas per second of every precompile with the input that is slowest for its price, on one core.</summary>
/// <remarks>
/// Tries all accepted inputs of go-ethereum's vectors and adversarial shapes. The slowest of each precompile is measured again and
/// printed. Prices are those of the fork where they are lowest: Prague (modular exponentiation by EIP-2565, a third of EIP-7883's price),
/// and Osaka for P-256, which earlier forks do not have.
/// </remarks>
internal static class PrecompileFigures
{
    private const double Goal = 10;
    private const int Passes = 3;
    private const int LastRounds = 10;
    private const int P256 = 0x100;

    /// <summary>Enough for the rounds below, and below Osaka's cap for a transaction (EIP-7825) where it applies.</summary>
    private const ulong OsakaGas = 16_000_000;

    private static readonly TimeSpan TryTime = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan LastTime = TimeSpan.FromMilliseconds(30);

    /// <summary>Prints a line for each precompile, and the number below the goal.</summary>
    public static void Print(TextWriter output)
    {
        // All are tried before the slowest are measured, so that code shared by several is fully compiled by then.
        var candidates = PrecompileShapes.All().Concat(PrecompileVectors.Load())
            .GroupBy(one => one.Number).OrderBy(group => group.Key).Select(group => Slowest([.. group])).ToArray();
        var slowest = Array.ConvertAll(candidates, candidate => Measure(candidate.Loop, candidate.Tried));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"  precompiles with the STATICCALL around them, Mgas/s at the slowest input of {slowest.Sum(row => row.Tried)}; {slowest.Count(row => row.Rate < Goal)} below the goal of {Goal}"));
        foreach (var row in slowest)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"  0x{row.Case.Number:x2} {row.Case.Precompile,-17} {row.Rate,7:F1} Mgas/s {row.Microseconds,9:F1} us   {row.Case.Name}, slowest of {row.Tried}"));
        }
    }

    private static (Loop Loop, int Tried) Slowest(PrecompileCase[] cases)
    {
        // The first pass warms up. The best of the others counts, so that a slow moment of the machine does not make an input slow. Very long inputs have two passes.
        double[] rates = new double[cases.Length];
        bool[] isLong = new bool[cases.Length];
        for (int pass = 0; pass < Passes; pass++)
        {
            for (int i = 0; i < cases.Length; i++)
            {
                if (pass < Passes - 1 || !isLong[i])
                {
                    var (rate, seconds) = new Loop(cases[i]).Measure(TryTime);
                    isLong[i] = seconds > LastTime.TotalSeconds;
                    rates[i] = pass == 0 ? 0 : Math.Max(rates[i], rate);
                }
            }
        }

        return (new Loop(cases[Array.IndexOf(rates, rates.Min())]), cases.Length);
    }

    private static (PrecompileCase Case, double Rate, double Microseconds, int Tried) Measure(Loop loop, int tried)
    {
        var (best, fastest) = (0d, 0d);
        for (int round = 0; round < LastRounds; round++)
        {
            var (rate, time) = loop.Measure(LastTime);
            (best, fastest) = rate > best ? (rate, time) : (best, fastest);
        }

        return (loop.Case, best, fastest * 1e6, tried);
    }

    /// <summary>A contract that calls a precompile with its calldata a number of times that is part of its code.</summary>
    private sealed class Loop(PrecompileCase one)
    {
        private const int CountAt = 5;

        // calldata to memory; count; the call in a loop; stop
        private readonly byte[] _code = Convert.FromHexString("365f5f37" + "6300000000" + "5b" + "5f5f365f61" + one.Number.ToString("x4", CultureInfo.InvariantCulture) + "5afa50" + "60019003" + "80600957" + "00");

        public PrecompileCase Case => one;

        /// <summary>Gas of the rounds per second, and seconds per round; the time before the first round is included.</summary>
        public (double Rate, double Seconds) Measure(TimeSpan atLeast)
        {
            double firstGas = Run(1).Gas;
            uint rounds = 1;
            while (true)
            {
                rounds *= 2;
                var (gas, seconds) = Run(rounds);
                double perRound = (gas - firstGas) / (rounds - 1);
                if (seconds >= atLeast.TotalSeconds || 2 * gas > (one.Number == P256 ? OsakaGas : LocalCall.GasLimit))
                {
                    return (perRound * rounds / seconds / 1e6, seconds / rounds);
                }
            }
        }

        private (double Gas, double Seconds) Run(uint rounds)
        {
            BinaryPrimitives.WriteUInt32BigEndian(_code.AsSpan(CountAt), rounds);
            var call = new LocalCall([.. _code], one.Number == P256 ? Fork.Osaka : Fork.Prague) { Input = one.Input };
            long begun = Stopwatch.GetTimestamp();
            call.Run(one.Number == P256 ? OsakaGas : LocalCall.GasLimit);
            double seconds = Stopwatch.GetElapsedTime(begun).TotalSeconds;
            return call.IsSuccess ? (call.GasUsed, seconds) : throw new InvalidDataException($"{one.Precompile}, {one.Name}: the call failed.");
        }
    }
}
