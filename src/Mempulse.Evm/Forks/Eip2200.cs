namespace Mempulse.Evm.Forks;

/// <summary>Structured definitions for net gas metering. <see href="https://eips.ethereum.org/EIPS/eip-2200"/></summary>
public static class Eip2200
{
    /// <summary>SSTORE_SENTRY_GAS: SSTORE fails when the remaining gas is at most this.</summary>
    public const long SentryGas = 2_300;

    /// <summary>SSTORE_SET_GAS: gas of changing a slot from zero.</summary>
    public const long SetGas = 20_000;

    /// <summary>SSTORE_RESET_GAS: gas of the first change of a non-zero slot.</summary>
    public const long ResetGas = 5_000;

    /// <summary>SSTORE_CLEARS_SCHEDULE: refund for clearing a slot.</summary>
    public const long ClearRefund = 15_000;
}
