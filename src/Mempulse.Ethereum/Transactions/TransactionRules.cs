using Mempulse.Primitives;

namespace Mempulse.Ethereum.Transactions;

/// <summary>What a decoder demands beyond structure. Immutable.</summary>
public sealed class TransactionRules
{
    /// <summary>Default of <see cref="MaxConsensusBytes"/>: what leaves room for the other fields of a log record of 1 MiB.</summary>
    public const int DefaultMaxConsensusBytes = (1 << 20) - 4096;

    /// <summary>Default of <see cref="MaxNetworkBytes"/>: above six blobs of 128 KiB with their cell proofs.</summary>
    public const int DefaultMaxNetworkBytes = 2 << 20;

    /// <summary>Default of <see cref="MaxAuthorizations"/>: above what the gas of any block so far pays for.</summary>
    public const int DefaultMaxAuthorizations = 2048;

    /// <summary>Rules of mempools since Homestead on any chain.</summary>
    public static TransactionRules AnyChain { get; } = new();

    /// <summary>The only chain whose transactions pass (legacy ones without a chain id always do); null for any.</summary>
    public ChainId? Chain { get; init; }

    /// <summary>Whether EIP-2 holds; blocks before Homestead have signatures with a high s.</summary>
    public SignatureMalleability Malleability { get; init; }

    /// <summary>Longest consensus form in bytes, inclusive; every EIP-7702 tuple counts once more, as it is recorded with its signer.</summary>
    public int MaxConsensusBytes { get; init; } = DefaultMaxConsensusBytes;

    /// <summary>Longest network form in bytes, inclusive.</summary>
    public int MaxNetworkBytes { get; init; } = DefaultMaxNetworkBytes;

    /// <summary>Most EIP-7702 tuples, inclusive: each costs a recovery, and a stranger's gas limit may be any number.</summary>
    public int MaxAuthorizations { get; init; } = DefaultMaxAuthorizations;

    /// <summary>Rules of mempools since Homestead on one chain.</summary>
    public static TransactionRules For(ChainId chain) => new() { Chain = chain };
}
