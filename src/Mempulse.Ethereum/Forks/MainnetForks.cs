namespace Mempulse.Ethereum.Forks;

/// <summary>When mainnet's forks took effect: by height up to the merge, by time since.</summary>
/// <remarks>
/// The heights are from EIP-606, 608, 609, 1679, 1013, 1716, 2070, 2387 and the specifications of Berlin and London; the times are from
/// EIP-7568, 7600 and 7607.
/// </remarks>
public static class MainnetForks
{
    /// <summary>Chain id of mainnet.</summary>
    public const ulong ChainId = 1;

    /// <summary>Height of the first block of Paris.</summary>
    public const ulong MergeBlock = 15_537_394;

    private static readonly (ulong From, Fork Fork)[] ByNumber =
    [
        (1_150_000, Fork.Homestead),
        (2_463_000, Fork.TangerineWhistle),
        (2_675_000, Fork.SpuriousDragon),
        (4_370_000, Fork.Byzantium),
        (7_280_000, Fork.Petersburg),
        (9_069_000, Fork.Istanbul),
        (12_244_000, Fork.Berlin),
        (12_965_000, Fork.London),
        (MergeBlock, Fork.Paris),
    ];

    private static readonly (ulong From, Fork Fork)[] ByTime =
    [
        (1_681_338_455, Fork.Shanghai),
        (1_710_338_135, Fork.Cancun),
        (1_746_612_311, Fork.Prague),
        (1_764_798_551, Fork.Osaka),
        (1_765_290_071, Fork.Bpo1),
        (1_767_747_671, Fork.Bpo2),
    ];

    /// <summary>Returns the fork whose rules a block follows.</summary>
    /// <param name="number">The block's height.</param>
    /// <param name="timestampSeconds">The block's time, in seconds since the Unix epoch.</param>
    public static Fork At(ulong number, ulong timestampSeconds)
    {
        var fork = Last(ByNumber, number, Fork.Frontier);
        return number < MergeBlock ? fork : Last(ByTime, timestampSeconds, fork);
    }

    private static Fork Last((ulong From, Fork Fork)[] table, ulong at, Fork before)
    {
        var fork = before;
        for (int i = 0; i < table.Length && table[i].From <= at; i++)
        {
            fork = table[i].Fork;
        }

        return fork;
    }
}
