using System.Diagnostics;
using Mempulse.Devp2p.Wire;
using Mempulse.Ethereum.Rlp;
using Mempulse.Primitives.Encoding;

namespace Mempulse.Devp2p.Eth;

/// <summary>One version of eth: bytes to messages and back. A new version is a new file and an entry in <see cref="Spoken"/>.</summary>
/// <remarks>Stateless. Bad bytes are an answer, never an exception.</remarks>
internal abstract class EthDialect
{
    /// <summary>Name of the capability.</summary>
    public const string Name = "eth";

    /// <summary>The versions spoken here.</summary>
    public static IReadOnlyList<EthDialect> Spoken { get; } = [new Eth68(), new Eth69()];

    /// <summary>The version.</summary>
    public abstract ulong Version { get; }

    /// <summary>Number of message ids.</summary>
    public abstract int MessageCount { get; }

    public Capability Capability => new(Name, Version);

    /// <summary>The dialect of a version, which must be spoken.</summary>
    public static EthDialect Of(ulong version) => Spoken.First(dialect => dialect.Version == version);

    /// <summary>Reads a message.</summary>
    /// <param name="code">Its id, relative to where the ids of eth start.</param>
    /// <param name="payload">Its bytes; the message refers to them.</param>
    /// <param name="message">The message; null for an id that this version does not have, and for bad bytes.</param>
    /// <param name="failure">What is wrong with the bytes.</param>
    public bool TryDecode(int code, ReadOnlyMemory<byte> payload, out EthMessage? message, out RlpFailure failure)
    {
        var reader = new RlpReader(payload.Span);
        message = Read(code, payload, ref reader);
        reader.ExpectEnd();
        failure = new RlpFailure(reader.Error, reader.ErrorOffsetBytes);
        message = reader.Failed ? null : message;
        return message is not null;
    }

    /// <summary>Appends a message's payload.</summary>
    /// <returns>Its id, relative to where the ids of eth start.</returns>
    public int Encode(EthMessage message, ByteBuffer output)
    {
        var writer = new RlpWriter(output);
        return Write(message, writer);
    }

    /// <summary>Reads what differs between versions, or passes on to <see cref="EthPayload"/>.</summary>
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
