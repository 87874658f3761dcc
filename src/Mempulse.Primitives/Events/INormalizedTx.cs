namespace Mempulse.Primitives.Events;

/// <summary>The fields that all transaction types share, as a decoder's view or a decoded event exposes them.</summary>
public interface INormalizedTx
{
    /// <summary>EIP-2718 type.</summary>
    TxType Type { get; }

    /// <summary>EIP-155 chain id; 0 for a legacy transaction without one.</summary>
    ChainId ChainId { get; }

    /// <summary>The nonce of its sender.</summary>
    Nonce Nonce { get; }

    /// <summary>Gas limit.</summary>
    Gas GasLimit { get; }

    /// <summary>The recipient; null creates a contract.</summary>
    Address? Recipient { get; }

    /// <summary>Value in wei.</summary>
    Wei Value { get; }

    /// <summary>EIP-1559 cap on the fee per gas, in wei; the gas price of older types.</summary>
    Wei MaxFeePerGas { get; }

    /// <summary>EIP-1559 tip per gas, in wei; the gas price of older types.</summary>
    Wei MaxPriorityFeePerGas { get; }

    /// <summary>EIP-4844 cap on the fee per blob gas, in wei; 0 for other types.</summary>
    Wei MaxFeePerBlobGas { get; }

    /// <summary>EIP-4844 number of blobs.</summary>
    int BlobCount { get; }

    /// <summary>Length of the call data or init code in bytes.</summary>
    int InputLength { get; }

    /// <summary>The first four bytes of the input as a big-endian number; null when there are fewer.</summary>
    uint? Selector { get; }

    /// <summary>EIP-7702 tuples whose signer could be recovered; empty for other types.</summary>
    ReadOnlySpan<Authorization> Authorizations { get; }

    /// <summary>The signed transaction as a block contains it (EIP-2718 form; a blob transaction without its sidecar).</summary>
    ReadOnlySpan<byte> Raw { get; }
}
