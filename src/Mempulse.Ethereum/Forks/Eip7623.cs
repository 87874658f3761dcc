namespace Mempulse.Ethereum.Forks;

/// <summary>Increase calldata cost, Prague. <see href="https://eips.ethereum.org/EIPS/eip-7623"/></summary>
public static class Eip7623
{
    /// <summary>Tokens per non-zero byte; a zero byte is one token.</summary>
    public const ulong TokensPerNonZeroByte = 4;

    /// <summary>TOTAL_COST_FLOOR_PER_TOKEN: gas per token of the floor.</summary>
    public const ulong TotalCostFloorPerToken = 10;
}
