using System.Diagnostics;
using Mempulse.Devp2p.Wire;
using Mempulse.Ethereum.Rlp;
using Mempulse.Primitives.Encoding;

namespace Mempulse.Devp2p.Eth;

/// <summary>Encodes and decodes the messages of one version of eth. A new version is a new file and an entry in <see cref="Supported"/>.</summary>
/// <remarks>Stateless and thread-safe. Malformed bytes give false, never an exception.</remarks>
internal abstract class EthDialect
{
    /// <summary>The capability name.</summary>
    public const string Name = "eth";

    /// <summary>The first version with block ranges instead of the total difficulty (EIP-7642).</summary>
    public const ulong FirstVersionWithRanges = 69;

    /// <summary>The supported versions.</summary>
    public static IReadOnlyList<EthDialect> Supported { get; } = [new Eth68(), new Eth69()];

    /// <summary>The version number.</summary>
    public abstract ulong Version { get; }

    /// <summary>Number of message ids that the version reserves.</summary>
    public abstract int MessageCount { get; }

    public Capability Capability => new(Name, Version);

    /// <summary>Returns the dialect of a supported version.</summary>
    public static EthDialect Of(ulong version) => Supported.First(dialect => dialect.Version == version);

    /// <summary>Decodes a message.</summary>
    /// <param name="code">The message id, relative to the protocol's offset.</param>
    /// <param name="payload">The payload; the message keeps references into it.</param>
    /// <param name="message">The message; null for an unknown id and for malformed bytes.</param>
    /// <param name="failure">The RLP error and its offset; none for an unknown id.</param>
    public bool TryDecode(int code, ReadOnlyMemory<byte> payload, out EthMessage? message, out RlpFailure failure)
    {
        var reader = new RlpReader(payload.Span);
        message = Read(code, payload, ref reader);
        if (message is null && !reader.Failed)
        {
            failure = default; // the id is not one of this version
            return false;
        }

        reader.ExpectEnd();
        failure = new RlpFailure(reader.Error, reader.ErrorOffsetBytes);
        message = reader.Failed ? null : message;
        return message is not null;
    }

    /// <summary>Appends the payload of a message.</summary>
    /// <returns>The message id, relative to the protocol's offset.</returns>
    public int Encode(EthMessage message, ByteBuffer output)
    {
        var writer = new RlpWriter(output);
        return Write(message, writer);
    }

    /// <summary>Decodes the messages that all versions share; a version overrides it for its own.</summary>
    protected virtual EthMessage? Read(int code, ReadOnlyMemory<byte> payload, ref RlpReader reader) => code switch
    {
        EthCodes.NewBlockHashes => EthPayload.ReadNewBlockHashes(ref reader),
        EthCodes.Transactions => new EthMessage.TransactionBroadcast(EthPayload.ReadBodies(payload, ref reader)),
        EthCodes.NewBlock => EthPayload.ReadNewBlock(payload, ref reader),
        EthCodes.NewPooledTransactionHashes => EthPayload.ReadAnnouncement(ref reader),
        _ => EthExchangePayload.Read(code, payload, ref reader),
    };

    protected virtual int Write(EthMessage message, in RlpWriter writer)
    {
        switch (message)
        {
            case EthMessage.NewBlockHashes blocks:
                EthPayload.Write(blocks, writer);
                return EthCodes.NewBlockHashes;
            case EthMessage.TransactionBroadcast transactions:
                EthPayload.WriteBodies(transactions.Bodies, writer);
                return EthCodes.Transactions;
            case EthMessage.NewBlock block:
                writer.WriteEncoded(block.Encoded.Span);
                return EthCodes.NewBlock;
            case EthMessage.NewPooledTransactionHashes announcement:
                EthPayload.Write(announcement, writer);
                return EthCodes.NewPooledTransactionHashes;
            case EthMessage.Exchange exchange:
                return EthExchangePayload.Write(exchange, writer);
            default:
                throw new UnreachableException($"eth/{Version} does not have {message.GetType().Name}.");
        }
    }
}
