using System.Globalization;
using Mempulse.Testing.Pools;

namespace Mempulse.Benchmarks.Pools;

/// <summary>Pools: random swaps of every family against the contract's code, and the time of optima.</summary>
internal sealed class PoolFigures : IFigures
{
    private const int Swaps = 10_000;
    private const ulong Seed = 13;

    /// <inheritdoc/>
    public string Area => "pools";

    /// <inheritdoc/>
    public void Print(TextWriter output)
    {
        output.WriteLine($"pools: {Swaps:N0} random swaps a family against the contract's code in our own EVM, seed {Seed}");
        foreach (var family in PoolFamily.All)
        {
            var run = family.Run(Swaps, Seed);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {run.Family,-24} {run.Swaps,7:N0} swaps   {run.Filled,7:N0} filled   {run.Differences,3:N0} differences   {run.First}"));
        }

        CycleFigures.Print(output);
    }
}
