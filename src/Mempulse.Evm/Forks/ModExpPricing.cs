namespace Mempulse.Evm.Forks;

/// <summary>The ways modular exponentiation has been priced.</summary>
public enum ModExpPricing
{
    /// <summary>EIP-198.</summary>
    Byzantium = 0,

    /// <summary>EIP-2565.</summary>
    Berlin = 1,

    /// <summary>EIP-7883, with the bounds of EIP-7823.</summary>
    Osaka = 2,
}
