using Mempulse.Primitives;

namespace Mempulse.Evm.Forks;

/// <summary>Everything in which forks differ, as immutable data that execution is given.</summary>
/// <remarks>Each instance in <see cref="ForkHistory"/> is the one before with what its EIPs changed. Gas is in units of gas.</remarks>
public sealed record ForkRules
{
    private const int P256Number = 0x100;

    /// <summary>The fork these rules belong to.</summary>
    public required Fork Fork { get; init; }

    /// <summary>Gas of EXTCODESIZE and EXTCODECOPY; zero once access is priced warm or cold.</summary>
    public long ExtCodeGas { get; init; } = FrontierGas.Ext;

    /// <summary>Gas of BALANCE; zero once access is priced warm or cold.</summary>
    public long BalanceGas { get; init; } = FrontierGas.Ext;

    /// <summary>Gas of EXTCODEHASH; zero once access is priced warm or cold.</summary>
    public long ExtCodeHashGas { get; init; } = Eip1052.ExtCodeHashGas;

    /// <summary>Gas of SLOAD; zero once access is priced warm or cold.</summary>
    public long SloadGas { get; init; } = FrontierGas.Sload;

    /// <summary>Gas of the CALL family; zero once access is priced warm or cold.</summary>
    public long CallGas { get; init; } = FrontierGas.Call;

    /// <summary>Gas of SELFDESTRUCT.</summary>
    public long SelfDestructGas { get; init; }

    /// <summary>Gas of SELFDESTRUCT on top when its heir is a new account.</summary>
    public long SelfDestructNewAccountGas { get; init; }

    /// <summary>Refund for a SELFDESTRUCT.</summary>
    public long SelfDestructRefund { get; init; } = FrontierGas.SelfDestructRefund;

    /// <summary>Gas of each byte of EXP's exponent.</summary>
    public long ExpByteGas { get; init; } = FrontierGas.ExpByte;

    /// <summary>At most one part in this many of the gas used is refunded.</summary>
    public long MaxRefundQuotient { get; init; } = FrontierGas.MaxRefundQuotient;

    /// <summary>Refund for a slot that is cleared.</summary>
    public long ClearRefund { get; init; } = Eip2200.ClearRefund;

    /// <summary>How SSTORE is priced.</summary>
    public StorageMetering StorageMetering { get; init; }

    /// <summary>How modular exponentiation is priced.</summary>
    public ModExpPricing ModExpPricing { get; init; }

    /// <summary>Highest address of the precompiles that are numbered from 1 on.</summary>
    public int LastPrecompile { get; init; } = 4;

    /// <summary>True when the precompile of EIP-7951 stands at 0x100.</summary>
    public bool HasP256 { get; init; }

    /// <summary>Wei a miner gets for a block; zero since Paris (EIP-3675).</summary>
    public UInt256 BlockReward { get; init; } = FrontierReward.Block;

    /// <summary>Blobs of a block and their fee.</summary>
    public BlobSchedule Blobs { get; init; } = BlobSchedule.None;

    /// <summary>True from <paramref name="fork"/> on.</summary>
    public bool Has(Fork fork) => Fork >= fork;

    /// <summary>True when the account whose address is this number is a precompile.</summary>
    public bool IsPrecompile(int number) => (number > 0 && number <= LastPrecompile) || (number == P256Number && HasP256);

    /// <summary>EIP-2: a creation that cannot pay for its code fails.</summary>
    public bool FailsUnpaidCodeDeposit => Has(Fork.Homestead);

    /// <summary>EIP-150: a call keeps a 64th back.</summary>
    public bool KeepsCallReserve => Has(Fork.TangerineWhistle);

    /// <summary>EIP-161: touched empty accounts vanish, new contracts start at nonce 1.</summary>
    public bool ClearsEmptyAccounts => Has(Fork.SpuriousDragon);

    /// <summary>EIP-170.</summary>
    public bool LimitsCodeSize => Has(Fork.SpuriousDragon);

    /// <summary>EIP-2929.</summary>
    public bool HasWarmAccess => Has(Fork.Berlin);

    /// <summary>EIP-1559.</summary>
    public bool HasBaseFee => Has(Fork.London);

    /// <summary>EIP-3541.</summary>
    public bool RejectsReservedCode => Has(Fork.London);

    /// <summary>EIP-3651.</summary>
    public bool WarmsCoinbase => Has(Fork.Shanghai);

    /// <summary>EIP-3860.</summary>
    public bool MetersInitcode => Has(Fork.Shanghai);

    /// <summary>EIP-6780: SELFDESTRUCT removes an account only in the transaction that made it.</summary>
    public bool KeepsOldAccounts => Has(Fork.Cancun);

    /// <summary>EIP-7702.</summary>
    public bool HasDelegations => Has(Fork.Prague);

    /// <summary>EIP-7825.</summary>
    public bool CapsTransactionGas => Has(Fork.Osaka);
}
