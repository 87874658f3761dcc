namespace Mempulse.Primitives.Events;

/// <summary>A decoded transaction that owns its data.</summary>
/// <remarks>Equality compares byte and tuple data by reference; compare encodings to compare content.</remarks>
public sealed record NormalizedTx : INormalizedTx
{
    /// <inheritdoc/>
    public required TxType Type { get; init; }

    /// <inheritdoc/>
    public required ChainId ChainId { get; init; }

    /// <inheritdoc/>
    public required Nonce Nonce { get; init; }

    /// <inheritdoc/>
    public required Gas GasLimit { get; init; }

    /// <inheritdoc/>
    public required Address? Recipient { get; init; }

    /// <inheritdoc/>
    public required Wei Value { get; init; }

    /// <inheritdoc/>
    public required Wei MaxFeePerGas { get; init; }

    /// <inheritdoc/>
    public required Wei MaxPriorityFeePerGas { get; init; }

    /// <inheritdoc/>
    public required Wei MaxFeePerBlobGas { get; init; }

    /// <inheritdoc/>
    public required int BlobCount { get; init; }

    /// <inheritdoc/>
    public required int InputLength { get; init; }

    /// <inheritdoc/>
    public required uint? Selector { get; init; }

    /// <summary>Owned form of <see cref="Authorizations"/>.</summary>
    public required ReadOnlyMemory<Authorization> AuthorizationList { get; init; }

    /// <summary>Owned form of <see cref="Raw"/>.</summary>
    public required ReadOnlyMemory<byte> RawBytes { get; init; }

    /// <inheritdoc/>
    public ReadOnlySpan<Authorization> Authorizations => AuthorizationList.Span;

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Raw => RawBytes.Span;
}
