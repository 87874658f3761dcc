using Mempulse.Ethereum.Transactions;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Evm.Transactions;

/// <summary>A transaction prepared for execution: with its recovered sender instead of its signature.</summary>
public sealed record EvmTransaction
{
    /// <summary>Transaction type (EIP-2718).</summary>
    public required TxType Type { get; init; }

    /// <summary>The recovered sender.</summary>
    public required Address Sender { get; init; }

    /// <summary>Chain id; null for a legacy transaction without one (EIP-155).</summary>
    public ulong? ChainId { get; init; }

    /// <summary>Nonce.</summary>
    public required ulong Nonce { get; init; }

    /// <summary>Gas limit.</summary>
    public required ulong GasLimit { get; init; }

    /// <summary>Recipient; null for a contract creation.</summary>
    public Address? Recipient { get; init; }

    /// <summary>Value in wei.</summary>
    public UInt256 Value { get; init; }

    /// <summary>Call data or initcode.</summary>
    public ReadOnlyMemory<byte> Input { get; init; }

    /// <summary>Maximum fee in wei per gas; the gas price of types 0 and 1.</summary>
    public UInt256 MaxFeePerGas { get; init; }

    /// <summary>Maximum priority fee in wei per gas; the gas price of types 0 and 1.</summary>
    public UInt256 MaxPriorityFeePerGas { get; init; }

    /// <summary>Access list (EIP-2930).</summary>
    public IReadOnlyList<AccessListEntry> AccessList { get; init; } = [];

    /// <summary>Maximum fee in wei per blob gas (EIP-4844).</summary>
    public UInt256 MaxFeePerBlobGas { get; init; }

    /// <summary>Versioned blob hashes (EIP-4844).</summary>
    public ReadOnlyMemory<Hash256> BlobHashes { get; init; }

    /// <summary>Authorisation list (EIP-7702).</summary>
    public IReadOnlyList<SetCodeTuple> Authorizations { get; init; } = [];
}
