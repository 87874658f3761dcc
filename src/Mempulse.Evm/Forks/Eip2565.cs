namespace Mempulse.Evm.Forks;

/// <summary>ModExp gas cost. <see href="https://eips.ethereum.org/EIPS/eip-2565"/></summary>
public static class Eip2565
{
    /// <summary>The least a call costs.</summary>
    public const long MinGas = 200;

    /// <summary>Complexity times iterations is divided by this.</summary>
    public const int Divisor = 3;
}
