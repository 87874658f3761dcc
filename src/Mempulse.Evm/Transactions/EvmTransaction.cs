using Mempulse.Ethereum.Transactions;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Evm.Transactions;

/// <summary>A transaction as execution sees it: its sender is known, its signature is not its business.</summary>
public sealed record EvmTransaction
{
    /// <summary>EIP-2718 type.</summary>
    public required TxType Type { get; init; }

    /// <summary>Who signed it.</summary>
    public required Address Sender { get; init; }

    /// <summary>The chain it names; null for a legacy one that names none.</summary>
    public ulong? ChainId { get; init; }

    /// <summary>Its number in the sender's sequence.</summary>
    public required ulong Nonce { get; init; }

    /// <summary>Most gas it may use.</summary>
    public required ulong GasLimit { get; init; }

    /// <summary>The receiver; null creates a contract.</summary>
    public Address? Recipient { get; init; }

    /// <summary>Wei sent along.</summary>
    public UInt256 Value { get; init; }

    /// <summary>Call data or initcode.</summary>
    public ReadOnlyMemory<byte> Input { get; init; }

    /// <summary>Cap on wei per gas; the gas price of types 0 and 1.</summary>
    public UInt256 MaxFeePerGas { get; init; }

    /// <summary>Tip in wei per gas; the gas price of types 0 and 1.</summary>
    public UInt256 MaxPriorityFeePerGas { get; init; }

    /// <summary>EIP-2930.</summary>
    public IReadOnlyList<AccessListEntry> AccessList { get; init; } = [];

    /// <summary>Cap on wei per blob gas (EIP-4844).</summary>
    public UInt256 MaxFeePerBlobGas { get; init; }

    /// <summary>Versioned hashes of the blobs (EIP-4844).</summary>
    public ReadOnlyMemory<Hash256> BlobHashes { get; init; }

    /// <summary>EIP-7702.</summary>
    public IReadOnlyList<SetCodeTuple> Authorizations { get; init; } = [];
}
