using Mempulse.Primitives.Encoding;

namespace Mempulse.Primitives.Events;

/// <summary>The payload of a <see cref="LogEvent.TxDecoded"/>, read in place: every field was checked, nothing was copied.</summary>
/// <remarks>Points into the payload and must not outlive it. <see cref="NormalizedTxCodec.Read"/> makes its owned transactions from it, so both are equally strict.</remarks>
public readonly ref struct NormalizedTxView
{
    private readonly ReadOnlySpan<byte> _authorizations;

    private NormalizedTxView(scoped ref PayloadReader fields)
    {
        Type = (TxType)fields.ByteCode();
        ChainId = new ChainId(fields.Number());
        Nonce = new Nonce(fields.Number());
        GasLimit = new Gas(fields.Number());
        Recipient = fields.NullableAddress();
        Value = new Wei(fields.Amount());
        MaxFeePerGas = new Wei(fields.Amount());
        MaxPriorityFeePerGas = new Wei(fields.Amount());
        MaxFeePerBlobGas = new Wei(fields.Amount());
        BlobCount = fields.Count();
        InputLength = fields.Count();
        Selector = fields.Selector();
        _authorizations = fields.CheckedList(Authorization.Read, out int count);
        AuthorizationCount = count;
        Raw = fields.Bytes();
    }

    /// <inheritdoc cref="INormalizedTx.Type"/>
    public TxType Type { get; }

    /// <inheritdoc cref="INormalizedTx.ChainId"/>
    public ChainId ChainId { get; }

    /// <inheritdoc cref="INormalizedTx.Nonce"/>
    public Nonce Nonce { get; }

    /// <inheritdoc cref="INormalizedTx.GasLimit"/>
    public Gas GasLimit { get; }

    /// <inheritdoc cref="INormalizedTx.Recipient"/>
    public Address? Recipient { get; }

    /// <inheritdoc cref="INormalizedTx.Value"/>
    public Wei Value { get; }

    /// <inheritdoc cref="INormalizedTx.MaxFeePerGas"/>
    public Wei MaxFeePerGas { get; }

    /// <inheritdoc cref="INormalizedTx.MaxPriorityFeePerGas"/>
    public Wei MaxPriorityFeePerGas { get; }

    /// <inheritdoc cref="INormalizedTx.MaxFeePerBlobGas"/>
    public Wei MaxFeePerBlobGas { get; }

    /// <inheritdoc cref="INormalizedTx.BlobCount"/>
    public int BlobCount { get; }

    /// <inheritdoc cref="INormalizedTx.InputLength"/>
    public int InputLength { get; }

    /// <inheritdoc cref="INormalizedTx.Selector"/>
    public uint? Selector { get; }

    /// <summary>Number of EIP-7702 tuples.</summary>
    public int AuthorizationCount { get; }

    /// <inheritdoc cref="INormalizedTx.Raw"/>
    public ReadOnlySpan<byte> Raw { get; }

    /// <summary>Reads the fields, without those that a newer version added.</summary>
    /// <exception cref="EventDecodeException">The payload is malformed.</exception>
    public static NormalizedTxView Read(scoped ref PayloadReader fields) => new(ref fields);

    /// <summary>A copy that owns its data.</summary>
    public NormalizedTx ToOwned() => new()
    {
        Type = Type,
        ChainId = ChainId,
        Nonce = Nonce,
        GasLimit = GasLimit,
        Recipient = Recipient,
        Value = Value,
        MaxFeePerGas = MaxFeePerGas,
        MaxPriorityFeePerGas = MaxPriorityFeePerGas,
        MaxFeePerBlobGas = MaxFeePerBlobGas,
        BlobCount = BlobCount,
        InputLength = InputLength,
        Selector = Selector,
        AuthorizationList = AuthorizationCount == 0 ? [] : PayloadReader.ReadList(_authorizations, Authorization.Read),
        RawBytes = Raw.ToArray(),
    };
}
