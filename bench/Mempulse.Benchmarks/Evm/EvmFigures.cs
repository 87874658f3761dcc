using System.Diagnostics;
using System.Globalization;
using Mempulse.Primitives;
using Mempulse.Testing.Anvil;

namespace Mempulse.Benchmarks.Evm;

/// <summary>The interpreter compared with anvil's (revm, plus what anvil adds to a call) and @ethereumjs/evm, on the same bytecode and calldata.</summary>
internal sealed class EvmFigures : IFigures
{
    private const int Rounds = 15;
    private const int JavaScriptRounds = 3;

    /// <summary>Warm-up runs: the machine code of the interpreter is final after some tenths of a second of work.</summary>
    private const int WarmRounds = 8;

    /// <summary>The factor by which programs are shortened for JavaScript, and here when compared with it.</summary>
    private const int JavaScriptShare = 10;

    private static readonly Address Contract = Address.Parse("0x000000000000000000000000000000000000c0de");

    /// <inheritdoc/>
    public string Area => "evm";

    /// <inheritdoc/>
    public void Print(TextWriter output)
    {
        output.WriteLine($"evm: one core, best of {Rounds} rounds, taken in turn");
        Compare(output);
        OpcodeFigures.Print(output);
        PrecompileFigures.Print(output);
    }

    /// <summary>Compares the machines, then measures single transactions.</summary>
    public static void Compare(TextWriter output) => CompareAsync(output).GetAwaiter().GetResult();

    private static async Task CompareAsync(TextWriter output)
    {
        await using var node = await AnvilNode.StartAsync(default, null, "--hardfork", "prague", "--gas-limit", LocalCall.GasLimit.ToString(CultureInfo.InvariantCulture));
        var scene = await UniswapScene.BuildAsync(node);
        foreach (var program in LoopProgram.All)
        {
            await AnvilCall.SetAsync(node, Workload(program, 1).State);
            await CompareAsync(output, node, Workload(program, 1));
            await CompareWithJavaScriptAsync(output, Workload(program, JavaScriptShare));
        }

        foreach (var (name, unit, rounds) in new[] { ("erc20", "transfers", 5_000), ("swap", "swaps", 1_000) })
        {
            await CompareAsync(output, node, await scene.WorkloadAsync(name, unit, rounds));
            await CompareWithJavaScriptAsync(output, await scene.WorkloadAsync(name, unit, rounds / JavaScriptShare));
        }

        await LatencyFigures.PrintAsync(output, scene);
    }

    private static Workload Workload(LoopProgram program, int share) =>
        new(program.Name, program.Unit, program.Rounds / share, CallState.Of(Contract, (program with { Rounds = program.Rounds / share }).Assemble()), Contract, default);

    private static async Task CompareAsync(TextWriter output, AnvilNode node, Workload workload)
    {
        var local = new LocalCall(workload);
        var remote = new AnvilCall(node, workload.Recipient, workload.Input);
        var nothing = new AnvilCall(node, default, default);
        double ours = double.MaxValue;
        double theirs = double.MaxValue;
        double empty = double.MaxValue;
        for (int round = 0; round < WarmRounds; round++)
        {
            local.Run();
        }

        for (int round = 0; round < Rounds; round++)
        {
            ours = Math.Min(ours, Seconds(local));
            theirs = Math.Min(theirs, await remote.SecondsAsync());
            empty = Math.Min(empty, await nothing.SecondsAsync());
        }

        RequireSame(workload, local, remote.Output);
        theirs -= empty;
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
            $"  {workload.Name,-10} {workload.Rounds,9:N0} {workload.Unit,-10} ours {ours * 1e3,7:F1} ms ({local.GasUsed / ours / 1e6,6:F0} Mgas/s)   anvil {theirs * 1e3,7:F1} ms   {ours / theirs,5:F2} times anvil's time, goal 1"));
    }

    private static async Task CompareWithJavaScriptAsync(TextWriter output, Workload workload)
    {
        var local = new LocalCall(workload);
        double ours = double.MaxValue;
        for (int round = 0; round < WarmRounds + Rounds; round++)
        {
            ours = Math.Min(ours, Seconds(local));
        }

        var (theirs, _, answer) = await EthereumJs.RunAsync(workload, JavaScriptRounds);
        RequireSame(workload, local, answer);
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
            $"  {workload.Name,-10} {workload.Rounds,9:N0} {workload.Unit,-10} ours {ours * 1e3,7:F2} ms {string.Empty,15}   ethereumjs {theirs * 1e3,7:F1} ms   {theirs / ours,5:F0} times faster, goal 20"));
    }

    private static void RequireSame(Workload workload, LocalCall local, byte[] output)
    {
        if (!local.IsSuccess || !local.Output.SequenceEqual(output))
        {
            throw new InvalidDataException($"{workload.Name}: the outputs differ.");
        }
    }

    private static double Seconds(LocalCall call)
    {
        long begun = Stopwatch.GetTimestamp();
        call.Run();
        return Stopwatch.GetElapsedTime(begun).TotalSeconds;
    }
}
