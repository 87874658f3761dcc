using Mempulse.Primitives.Encoding;

namespace Mempulse.Primitives.Events;

/// <summary>The payload of a <see cref="LogEvent.TxDecoded"/>, read in place: every field was checked, nothing was copied.</summary>
/// <remarks>Points into the payload and lives no longer than that. <see cref="NormalizedTxCodec.Read"/> makes its owned transactions from it, so both are equally strict.</remarks>
public readonly ref struct NormalizedTxView
{
    private readonly ReadOnlySpan<byte> _authorizations;

    private NormalizedTxView(scoped ref MessagePackReader reader)
    {
        var fields = new FieldReader(ref reader);
        Type = fields.Next(ref reader) ? (TxType)reader.ReadUInt64(byte.MaxValue) : TxType.Legacy;
        ChainId = new ChainId(fields.Next(ref reader) ? reader.ReadUInt64() : 0);
        Nonce = new Nonce(fields.Next(ref reader) ? reader.ReadUInt64() : 0);
        GasLimit = new Gas(fields.Next(ref reader) ? reader.ReadUInt64() : 0);
        Recipient = fields.Next(ref reader) ? reader.ReadAddress() : null;
        Value = new Wei(fields.Next(ref reader) ? reader.ReadUInt256() : default);
        MaxFeePerGas = new Wei(fields.Next(ref reader) ? reader.ReadUInt256() : default);
        MaxPriorityFeePerGas = new Wei(fields.Next(ref reader) ? reader.ReadUInt256() : default);
        MaxFeePerBlobGas = new Wei(fields.Next(ref reader) ? reader.ReadUInt256() : default);
        BlobCount = fields.Next(ref reader) ? (int)reader.ReadUInt64(int.MaxValue) : 0;
        InputLength = fields.Next(ref reader) ? (int)reader.ReadUInt64(int.MaxValue) : 0;
        Selector = fields.Next(ref reader) ? (uint)reader.ReadUInt64(uint.MaxValue) : null;
        if (fields.Next(ref reader))
        {
            _authorizations = reader.Unread;
            AuthorizationCount = NormalizedTxCodec.CheckAuthorizations(ref reader);
        }

        Raw = fields.Next(ref reader) ? reader.ReadBytes() : default;
        fields.SkipRest(ref reader);
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

    /// <summary>Reads the payload, without what follows it.</summary>
    /// <exception cref="EventDecodeException">The payload is malformed.</exception>
    public static NormalizedTxView Read(scoped ref MessagePackReader reader) => new(ref reader);

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
        AuthorizationList = CopyAuthorizations(),
        RawBytes = Raw.ToArray(),
    };

    private Authorization[] CopyAuthorizations()
    {
        if (AuthorizationCount == 0)
        {
            return [];
        }

        var reader = new MessagePackReader(_authorizations);
        return NormalizedTxCodec.ReadAuthorizations(ref reader);
    }
}
