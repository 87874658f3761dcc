namespace Mempulse.Evm.Forks;

/// <summary>ModExp gas cost. <see href="https://eips.ethereum.org/EIPS/eip-2565"/></summary>
public static class Eip2565
{
    /// <summary>Minimum gas.</summary>
    public const long MinGas = 200;

    /// <summary>GQUADDIVISOR: divisor of complexity times iterations.</summary>
    public const int Divisor = 3;
}
