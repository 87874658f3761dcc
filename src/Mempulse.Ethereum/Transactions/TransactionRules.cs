using Mempulse.Primitives;

namespace Mempulse.Ethereum.Transactions;

/// <summary>What a decoder requires of a transaction beyond its structure. Immutable.</summary>
public sealed class TransactionRules
{
    /// <summary>The default of <see cref="MaxConsensusBytes"/>: a log record of 1 MiB less 4 KiB for its other fields.</summary>
    public const int DefaultMaxConsensusBytes = (1 << 20) - 4096;

    /// <summary>The default of <see cref="MaxNetworkBytes"/>: 2 MiB, more than six blobs of 128 KiB with their cell proofs.</summary>
    public const int DefaultMaxNetworkBytes = 2 << 20;

    /// <summary>The default of <see cref="MaxAuthorizations"/>: 2,048, more than the gas of any block so far pays for.</summary>
    public const int DefaultMaxAuthorizations = 2048;

    /// <summary>The rules of mempools since Homestead, for any chain.</summary>
    public static TransactionRules AnyChain { get; } = new();

    /// <summary>The chain whose transactions are accepted; null for any. Legacy transactions without a chain id are always accepted.</summary>
    public ChainId? Chain { get; init; }

    /// <summary>Whether EIP-2 is enforced; blocks before Homestead contain signatures with a high s.</summary>
    public SignatureMalleability Malleability { get; init; }

    /// <summary>Largest consensus form in bytes, inclusive. Each EIP-7702 tuple counts 64 bytes more, because the log records it with its signer.</summary>
    public int MaxConsensusBytes { get; init; } = DefaultMaxConsensusBytes;

    /// <summary>Largest network form in bytes, inclusive.</summary>
    public int MaxNetworkBytes { get; init; } = DefaultMaxNetworkBytes;

    /// <summary>Largest number of EIP-7702 tuples, inclusive. Each costs a recovery, and an unverified transaction can claim any gas limit.</summary>
    public int MaxAuthorizations { get; init; } = DefaultMaxAuthorizations;

    /// <summary>Returns the rules of mempools since Homestead for one chain.</summary>
    public static TransactionRules For(ChainId chain) => new() { Chain = chain };
}
