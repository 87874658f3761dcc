namespace Mempulse.Ethereum.Forks;

/// <summary>Limit and meter initcode, Shanghai. <see href="https://eips.ethereum.org/EIPS/eip-3860"/></summary>
public static class Eip3860
{
    /// <summary>MAX_INITCODE_SIZE: twice the limit of EIP-170, in bytes, inclusive.</summary>
    public const int MaxInitcodeSize = 2 * 0x6000;

    /// <summary>INITCODE_WORD_COST: gas per 32 bytes of init code, rounded up.</summary>
    public const ulong InitcodeWordCost = 2;
}
