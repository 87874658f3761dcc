using System.Diagnostics;
using System.Globalization;
using Mempulse.Evm.BlockProcessing;
using Mempulse.Evm.State;
using Mempulse.Evm.Transactions;
using Mempulse.Primitives;

namespace Mempulse.Benchmarks.Evm;

/// <summary>The time of single swaps of real blocks, each on the state after the transactions before it.</summary>
internal sealed class SwapFigures(EvmExecutor executor)
{
    private const int Runs = 300;
    private const int WarmRuns = 30;
    private const double GoalMicroseconds = 150;

    private static readonly (string Name, Address Address)[] Routers =
    [
        ("Uniswap V2 router", Address.Parse("0x7a250d5630b4cf539739df2c5dacb4c659f2488d")),
        ("Uniswap V3 router", Address.Parse("0xe592427a0aece92de3edee1f18e0157c05861564")),
        ("Uniswap V3 router 2", Address.Parse("0x68b3465833fb72a70ecdf485e0e4c7bd8665fc45")),
        ("Universal router", Address.Parse("0xef1c6e67703c7bd7107eed8303fbe6ec2554bf6b")),
        ("Universal router 2", Address.Parse("0x3fc91a3afd70395cd496c647d5a6cc9d4b2b7fad")),
    ];

    private readonly List<double>[] _times = [.. Routers.Select(_ => new List<double>())];
    private readonly List<ulong>[] _gas = [.. Routers.Select(_ => new List<ulong>())];

    /// <summary>Runs every successful transaction of <paramref name="blocks"/> to a router and prints their times by router.</summary>
    public void Print(TextWriter output, IReadOnlyList<MainnetBlock> blocks)
    {
        foreach (var block in blocks)
        {
            Measure(block);
        }

        for (int i = 0; i < Routers.Length; i++)
        {
            if (_gas[i].Count != 0)
            {
                _times[i].Sort();
                _gas[i].Sort();
                output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"  {_gas[i].Count,3} real calls of {Routers[i].Name,-20} {_gas[i][_gas[i].Count / 2],7:N0} gas at the median, up to {_gas[i][^1],9:N0}   p50 {Share(_times[i], 50),6:F2}  p95 {Share(_times[i], 95),6:F2} us, goal {GoalMicroseconds} for p95"));
            }
        }
    }

    private static double Share(List<double> sorted, int percent) => sorted[sorted.Count * percent / 100];

    private void Measure(MainnetBlock block)
    {
        var state = new WorldState(block.State);
        new BlockExecutor(executor).Begin(block.Block.Env, block.Block.ParentBeaconBlockRoot, block.Block.ParentHash, state);
        foreach (var transaction in block.Block.Transactions)
        {
            int router = Array.FindIndex(Routers, router => router.Address == transaction.Recipient);
            var before = router < 0 ? null : new ChangedState(block.State, [.. state.Images().Select(AccountChange.To)]);
            if (executor.ExecuteTransaction(block.Block.Env, transaction, state) is TxExecution.Executed { IsSuccess: true } executed && before is not null)
            {
                _gas[router].Add(executed.GasUsed);
                Measure(block, transaction, before, executed, _times[router]);
            }
        }
    }

    private void Measure(MainnetBlock block, EvmTransaction transaction, ChangedState before, TxExecution.Executed expected, List<double> times)
    {
        var state = new WorldState(before);
        for (int run = -WarmRuns; run < Runs; run++)
        {
            long begun = Stopwatch.GetTimestamp();
            state.Reset(before);
            var execution = executor.ExecuteTransaction(block.Block.Env, transaction, state);
            double time = Stopwatch.GetElapsedTime(begun).TotalMicroseconds;
            if (execution is not TxExecution.Executed executed || executed.GasUsed != expected.GasUsed)
            {
                throw new InvalidDataException($"Block {block.Block.Env.Number}: {execution}");
            }

            if (run >= 0)
            {
                times.Add(time);
            }
        }
    }
}
