namespace Mempulse.Testing.Pools;

/// <summary>A family of pools with its contract's code as the oracle.</summary>
public abstract class PoolFamily
{
    /// <summary>Every family.</summary>
    public static IReadOnlyList<PoolFamily> All => [new V2Family(), new V3Family(), new V4Family(), new StableFamily(), new CryptoFamily(), new WeightedFamily(), new BalancerStableFamily(), new CometFamily(), new AaveFamily()];

    /// <summary>The family's name.</summary>
    public abstract string Name { get; }

    /// <summary>Compares random swaps.</summary>
    public FamilyRun Run(int swaps, ulong seed)
    {
        var random = new PoolRandom(seed);
        int filled = 0;
        int differences = 0;
        string? first = null;
        for (int i = 0; i < swaps; i++)
        {
            var (isFilled, difference) = Compare(random);
            filled += isFilled ? 1 : 0;
            if (difference is not null)
            {
                differences++;
                first ??= $"swap {i} of seed {seed}: {difference}";
            }
        }

        return new FamilyRun(Name, swaps, filled, differences, first);
    }

    /// <summary>Makes a pool and a swap, and compares: whether the contract carries it out, and what differs.</summary>
    protected abstract (bool IsFilled, string? Difference) Compare(PoolRandom random);
}
