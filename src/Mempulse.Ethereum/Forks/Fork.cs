namespace Mempulse.Ethereum.Forks;

/// <summary>Mainnet's rule sets in the order in which they took effect; a later one includes the earlier ones.</summary>
/// <remarks>Forks that only moved the difficulty bomb (Muir, Arrow and Gray Glacier) or changed the state once (DAO) have no entry.</remarks>
public enum Fork
{
    /// <summary>The rules of genesis.</summary>
    Frontier = 0,

    /// <summary>EIP-2.</summary>
    Homestead,

    /// <summary>EIP-150.</summary>
    TangerineWhistle,

    /// <summary>EIP-155, 158, 160, 161, 170.</summary>
    SpuriousDragon,

    /// <summary>EIP-140, 196, 197, 198, 211, 214, 649, 658.</summary>
    Byzantium,

    /// <summary>EIP-145, 1014, 1052, 1234, 1283.</summary>
    Constantinople,

    /// <summary>Constantinople without EIP-1283.</summary>
    Petersburg,

    /// <summary>EIP-152, 1108, 1344, 1884, 2028, 2200.</summary>
    Istanbul,

    /// <summary>EIP-2565, 2718, 2929, 2930.</summary>
    Berlin,

    /// <summary>EIP-1559, 3198, 3529, 3541, 3554.</summary>
    London,

    /// <summary>EIP-3675, 4399.</summary>
    Paris,

    /// <summary>EIP-3651, 3855, 3860, 4895.</summary>
    Shanghai,

    /// <summary>EIP-1153, 4788, 4844, 5656, 6780, 7516.</summary>
    Cancun,

    /// <summary>EIP-2537, 2935, 6110, 7002, 7251, 7623, 7685, 7691, 7702, 7840.</summary>
    Prague,

    /// <summary>EIP-7594, 7823, 7825, 7883, 7892, 7918, 7934, 7939, 7951.</summary>
    Osaka,

    /// <summary>Blob parameters only (EIP-7892): target 10, maximum 15.</summary>
    Bpo1,

    /// <summary>Blob parameters only (EIP-7892): target 14, maximum 21.</summary>
    Bpo2,

    /// <summary>Placeholder for the fork after Osaka; it has the rules of <see cref="Bpo2"/> until its EIPs are implemented here.</summary>
    Amsterdam,
}
