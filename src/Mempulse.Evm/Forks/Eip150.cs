namespace Mempulse.Evm.Forks;

/// <summary>Gas cost changes for IO-heavy operations. <see href="https://eips.ethereum.org/EIPS/eip-150"/></summary>
public static class Eip150
{
    /// <summary>Gas of EXTCODESIZE and EXTCODECOPY.</summary>
    public const long ExtCodeGas = 700;

    /// <summary>Gas of BALANCE.</summary>
    public const long BalanceGas = 400;

    /// <summary>Gas of SLOAD.</summary>
    public const long SloadGas = 200;

    /// <summary>Gas of the CALL family.</summary>
    public const long CallGas = 700;

    /// <summary>Gas of SELFDESTRUCT.</summary>
    public const long SelfDestructGas = 5_000;

    /// <summary>Additional gas of SELFDESTRUCT when it creates the beneficiary.</summary>
    public const long SelfDestructNewAccountGas = 25_000;

    /// <summary>A call forwards at most all but 1/64 of the remaining gas.</summary>
    public const long CallGasDivisor = 64;
}
