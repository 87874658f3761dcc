namespace Mempulse.Client.Transactions;

/// <summary>The body of a transaction. Amounts in wei are decimal strings.</summary>
public sealed record TxBodyPart
{
    /// <summary>Its sender.</summary>
    public required string Sender { get; init; }

    /// <summary>Its nonce.</summary>
    public required ulong Nonce { get; init; }

    /// <summary>Its type: Legacy, AccessList, DynamicFee, Blob or SetCode.</summary>
    public required string Type { get; init; }

    /// <summary>The recipient; null creates a contract.</summary>
    public string? Recipient { get; init; }

    /// <summary>Value in wei.</summary>
    public required string Value { get; init; }

    /// <summary>Gas limit.</summary>
    public required ulong GasLimit { get; init; }

    /// <summary>Cap on the fee per gas, in wei.</summary>
    public required string MaxFeePerGas { get; init; }

    /// <summary>Tip per gas, in wei.</summary>
    public required string MaxPriorityFeePerGas { get; init; }

    /// <summary>Cap on the fee per blob gas, in wei.</summary>
    public required string MaxFeePerBlobGas { get; init; }

    /// <summary>Number of blobs.</summary>
    public required int BlobCount { get; init; }

    /// <summary>Length of the input in bytes.</summary>
    public required int InputLength { get; init; }

    /// <summary>The first four bytes of the input; null when there are fewer.</summary>
    public string? Selector { get; init; }

    /// <summary>The position of the event with the body.</summary>
    public required ulong DecodedSeq { get; init; }
}
