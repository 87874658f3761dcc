namespace Mempulse.Evm.Forks;

/// <summary>Net gas metering for SSTORE without dirty maps. <see href="https://eips.ethereum.org/EIPS/eip-1283"/></summary>
public static class Eip1283
{
    /// <summary>Gas of a write that changes nothing, or writes to a dirty slot.</summary>
    public const long DirtyGas = 200;
}
