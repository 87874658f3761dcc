namespace Mempulse.Ethereum.Abi;

/// <summary>How a contract's decoder reads offsets.</summary>
public enum AbiOffsets
{
    /// <summary>As Solidity does: unsigned, so that a part follows the start of its tuple.</summary>
    Forward = 0,

    /// <summary>As decoders in assembly do that add without a check: two's complement, so that a part may precede its tuple.</summary>
    BothWays,
}
