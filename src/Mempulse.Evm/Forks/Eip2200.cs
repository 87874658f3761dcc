namespace Mempulse.Evm.Forks;

/// <summary>Structured definitions for net gas metering. <see href="https://eips.ethereum.org/EIPS/eip-2200"/></summary>
public static class Eip2200
{
    /// <summary>A write with no more gas than this left fails.</summary>
    public const long SentryGas = 2_300;

    /// <summary>Gas of setting a slot that was zero.</summary>
    public const long SetGas = 20_000;

    /// <summary>Gas of changing a slot for the first time.</summary>
    public const long ResetGas = 5_000;

    /// <summary>Refund for a slot that is cleared.</summary>
    public const long ClearRefund = 15_000;
}
