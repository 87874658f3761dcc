using System.Diagnostics;
using System.Globalization;
using Mempulse.Testing.Anvil;

namespace Mempulse.Benchmarks.Evm;

/// <summary>The interpreter against anvil's (revm, with what anvil adds to a call) on the same bytecode.</summary>
internal sealed class EvmFigures : IFigures
{
    private const int Rounds = 5;

    /// <inheritdoc/>
    public string Area => "evm";

    /// <inheritdoc/>
    public void Print(TextWriter output)
    {
        output.WriteLine($"evm: one core, best of {Rounds} rounds, taken in turn");
        foreach (string line in CompareAsync().GetAwaiter().GetResult())
        {
            output.WriteLine(line);
        }

        OpcodeFigures.Print(output);
    }

    private static async Task<List<string>> CompareAsync()
    {
        var lines = new List<string>();
        await using var node = await AnvilNode.StartAsync(default, null, "--hardfork", "prague", "--gas-limit", LocalCall.GasLimit.ToString(CultureInfo.InvariantCulture));
        foreach (var program in LoopProgram.All)
        {
            byte[] code = program.Assemble();
            var local = new LocalCall(code);
            var remote = new AnvilCall(node, code);
            var nothing = new AnvilCall(node, [0]);
            double ours = double.MaxValue;
            double theirs = double.MaxValue;
            double empty = double.MaxValue;
            for (int round = 0; round < Rounds; round++)
            {
                ours = Math.Min(ours, Seconds(() => local.Run()));
                theirs = Math.Min(theirs, await remote.SecondsAsync());
                empty = Math.Min(empty, await nothing.SecondsAsync());
            }

            if (!local.Output.SequenceEqual(remote.Output))
            {
                throw new InvalidDataException($"{program.Name}: the outputs differ.");
            }

            theirs -= empty;
            lines.Add(string.Create(CultureInfo.InvariantCulture,
                $"  {program.Name,-10} {program.Rounds,9:N0} {program.Unit,-10} ours {ours * 1e3,7:F1} ms ({local.GasUsed / ours / 1e6,6:F0} Mgas/s)   anvil {theirs * 1e3,7:F1} ms   {ours / theirs,5:F2} times anvil's time, goal 2"));
        }

        return lines;
    }

    private static double Seconds(Action action)
    {
        long begun = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(begun).TotalSeconds;
    }
}
