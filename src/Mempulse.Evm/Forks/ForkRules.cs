using Mempulse.Primitives;

namespace Mempulse.Evm.Forks;

/// <summary>Everything in which forks differ, as immutable data passed to execution.</summary>
/// <remarks>Each instance in <see cref="ForkHistory"/> is the previous one with the changes of its EIPs. All prices are in gas.</remarks>
public sealed record ForkRules
{
    private const int P256Number = 0x100;

    /// <summary>The fork these rules belong to.</summary>
    public required Fork Fork { get; init; }

    /// <summary>Gas of EXTCODESIZE and EXTCODECOPY; zero since Berlin, where EIP-2929 prices the access.</summary>
    public long ExtCodeGas { get; init; } = FrontierGas.Ext;

    /// <summary>Gas of BALANCE; zero since Berlin.</summary>
    public long BalanceGas { get; init; } = FrontierGas.Ext;

    /// <summary>Gas of EXTCODEHASH; zero since Berlin.</summary>
    public long ExtCodeHashGas { get; init; } = Eip1052.ExtCodeHashGas;

    /// <summary>Gas of SLOAD; zero since Berlin.</summary>
    public long SloadGas { get; init; } = FrontierGas.Sload;

    /// <summary>Gas of the CALL family; zero since Berlin.</summary>
    public long CallGas { get; init; } = FrontierGas.Call;

    /// <summary>Gas of SELFDESTRUCT.</summary>
    public long SelfDestructGas { get; init; }

    /// <summary>Additional gas of SELFDESTRUCT when it creates the beneficiary.</summary>
    public long SelfDestructNewAccountGas { get; init; }

    /// <summary>Refund for the first SELFDESTRUCT of an account in a transaction.</summary>
    public long SelfDestructRefund { get; init; } = FrontierGas.SelfDestructRefund;

    /// <summary>Gas of EXP per byte of the exponent.</summary>
    public long ExpByteGas { get; init; } = FrontierGas.ExpByte;

    /// <summary>The refund is at most the gas used divided by this.</summary>
    public long MaxRefundQuotient { get; init; } = FrontierGas.MaxRefundQuotient;

    /// <summary>Refund for clearing a slot.</summary>
    public long ClearRefund { get; init; } = Eip2200.ClearRefund;

    /// <summary>How SSTORE is priced.</summary>
    public StorageMetering StorageMetering { get; init; }

    /// <summary>How modular exponentiation is priced.</summary>
    public ModExpPricing ModExpPricing { get; init; }

    /// <summary>Highest address of the precompiles numbered from 1, inclusive.</summary>
    public int LastPrecompile { get; init; } = 4;

    /// <summary>True when address 0x100 is the P256VERIFY precompile (EIP-7951).</summary>
    public bool HasP256 { get; init; }

    /// <summary>Block reward in wei; zero since Paris (EIP-3675).</summary>
    public UInt256 BlockReward { get; init; } = FrontierReward.Block;

    /// <summary>The blob parameters.</summary>
    public BlobSchedule Blobs { get; init; } = BlobSchedule.None;

    /// <summary>Number of the DAO fork block (EIP-779); null on a chain without it, and in forks that do not contain it.</summary>
    public ulong? DaoForkBlock { get; init; }

    /// <summary>True when these rules are those of <paramref name="fork"/> or a later fork.</summary>
    public bool Has(Fork fork) => Fork >= fork;

    /// <summary>True when the address with this number is a precompile.</summary>
    public bool IsPrecompile(int number) => (number > 0 && number <= LastPrecompile) || (number == P256Number && HasP256);

    /// <summary>EIP-2: a creation that cannot pay the code deposit fails.</summary>
    public bool FailsUnpaidCodeDeposit => Has(Fork.Homestead);

    /// <summary>EIP-150: a call retains 1/64 of the remaining gas.</summary>
    public bool KeepsCallReserve => Has(Fork.TangerineWhistle);

    /// <summary>EIP-161: touched empty accounts are removed, and new contracts start with nonce 1.</summary>
    public bool ClearsEmptyAccounts => Has(Fork.SpuriousDragon);

    /// <summary>EIP-170: deployed code has a maximum size.</summary>
    public bool LimitsCodeSize => Has(Fork.SpuriousDragon);

    /// <summary>EIP-2929: state access is priced cold or warm.</summary>
    public bool HasWarmAccess => Has(Fork.Berlin);

    /// <summary>EIP-1559: blocks have a base fee.</summary>
    public bool HasBaseFee => Has(Fork.London);

    /// <summary>EIP-3541: new code must not start with 0xEF.</summary>
    public bool RejectsReservedCode => Has(Fork.London);

    /// <summary>EIP-3651: the coinbase is warm.</summary>
    public bool WarmsCoinbase => Has(Fork.Shanghai);

    /// <summary>EIP-3860: initcode is limited and metered.</summary>
    public bool MetersInitcode => Has(Fork.Shanghai);

    /// <summary>EIP-6780: SELFDESTRUCT removes an account only in the transaction that created it.</summary>
    public bool KeepsOldAccounts => Has(Fork.Cancun);

    /// <summary>EIP-7702: accounts can delegate to code.</summary>
    public bool HasDelegations => Has(Fork.Prague);

    /// <summary>EIP-7825: the gas limit of a transaction is capped.</summary>
    public bool CapsTransactionGas => Has(Fork.Osaka);
}
