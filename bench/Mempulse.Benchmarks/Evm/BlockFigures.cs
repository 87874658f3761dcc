using System.Diagnostics;
using System.Globalization;
using Mempulse.Ethereum.Signatures;
using Mempulse.Evm.BlockProcessing;
using Mempulse.Evm.State;
using Mempulse.Evm.Transactions;

namespace Mempulse.Benchmarks.Evm;

/// <summary>Mainnet blocks with a complete prestate, executed from memory on one core; senders are known.</summary>
internal sealed class BlockFigures : IFigures
{
    private const double SlowestGoalMgasPerSecond = 1_500;
    private const int Rounds = 7;

    /// <inheritdoc/>
    public string Area => "blocks";

    /// <summary>Runs all of them round by round, prints gas over the best time of each block, then the swaps in them.</summary>
    public void Print(TextWriter output)
    {
        var recovery = SenderRecovery.CreateBest();
        var blocks = MainnetBlocks.Load(recovery);
        PrintBlocks(output, blocks, new BlockExecutor(new EvmExecutor(recovery)));
        new SwapFigures(new EvmExecutor(recovery)).Print(output, blocks);
    }

    private static void PrintBlocks(TextWriter output, IReadOnlyList<MainnetBlock> blocks, BlockExecutor executor)
    {
        double[] best = [.. Enumerable.Repeat(double.MaxValue, blocks.Count)];
        WorldState? state = null;
        for (int round = 0; round < Rounds; round++)
        {
            for (int i = 0; i < blocks.Count; i++)
            {
                state = Begin(state, blocks[i]);
                long begun = Stopwatch.GetTimestamp();
                var execution = executor.Execute(blocks[i].Block, state);
                best[i] = Math.Min(best[i], Stopwatch.GetElapsedTime(begun).TotalSeconds);
                if (execution is not BlockExecution.Executed executed || executed.GasUsed != blocks[i].GasUsed)
                {
                    throw new InvalidDataException($"Block {blocks[i].Block.Env.Number}: {execution}");
                }
            }
        }

        double gas = blocks.Sum(block => (double)block.GasUsed);
        double rate = gas / best.Sum() / 1e6;
        double slowest = blocks.Select((block, i) => block.GasUsed / best[i] / 1e6).Min();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"blocks: {blocks.Count} real ones, {gas / 1e6:F0} Mgas in {best.Sum() * 1e3:F0} ms, receipts and their root included: {rate:F0} Mgas/s; the slowest {slowest:F0} Mgas/s, goal {SlowestGoalMgasPerSecond:F0}"));
        for (int i = 0; i < blocks.Count; i++)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"  {blocks[i].Block.Env.Number,9} {blocks[i].Block.Env.Rules.Fork,-16} {blocks[i].Block.Transactions.Count,5} txs {blocks[i].GasUsed / 1e6,6:F2} Mgas {best[i] * 1e3,7:F2} ms {blocks[i].GasUsed / best[i] / 1e6,6:F0} Mgas/s"));
        }
    }

    /// <summary>Reuses the tables of the last block for a fresh state.</summary>
    private static WorldState Begin(WorldState? state, MainnetBlock block)
    {
        if (state is null)
        {
            return new WorldState(block.State);
        }

        state.Reset(block.State);
        return state;
    }
}
