namespace Mempulse.Evm.Forks;

/// <summary>The gas formulas of the MODEXP precompile.</summary>
public enum ModExpPricing
{
    /// <summary>EIP-198.</summary>
    Byzantium = 0,

    /// <summary>EIP-2565.</summary>
    Berlin = 1,

    /// <summary>EIP-7883, with the length limits of EIP-7823.</summary>
    Osaka = 2,
}
