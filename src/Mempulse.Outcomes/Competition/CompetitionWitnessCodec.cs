using Mempulse.Ethereum.Blocks;
using Mempulse.Ethereum.Forks;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;
using Mempulse.Sim.Outcomes;
using Mempulse.Sim.Requests;
using Mempulse.Sim.Witnesses;

namespace Mempulse.Outcomes.Competition;

/// <summary>Encodes and decodes the witness of an examination; its digest is the Keccak-256 of the bytes.</summary>
/// <remarks>Keep in sync with docs/formats/competition-witness.md.</remarks>
public static class CompetitionWitnessCodec
{
    private const ulong Version = 1;
    private const int FieldCount = 13;

    /// <summary>Encodes a witness.</summary>
    public static byte[] Encode(CompetitionWitness witness)
    {
        ArgumentNullException.ThrowIfNull(witness);
        var header = new ByteBuffer();
        HeaderCodec.Encode(witness.Header, header);
        var buffer = new ByteBuffer();
        var writer = new MessagePackWriter(buffer);
        writer.WriteArrayHeader(FieldCount);
        writer.Write(Version);
        writer.Write(witness.Chain.Value);
        writer.Write((ulong)witness.Fork);
        writer.Write(header.WrittenSpan);
        writer.WriteArrayHeader(witness.Transactions.Count);
        foreach (var tx in witness.Transactions)
        {
            writer.WriteArrayHeader(3);
            writer.Write(tx.Raw.Span);
            writer.Write(tx.Succeeded);
            writer.Write(tx.GasUsed);
        }

        writer.WriteArrayHeader(witness.Bundle.Count);
        foreach (var tx in witness.Bundle)
        {
            writer.WriteArrayHeader(2);
            writer.Write(tx.Raw.Span);
            writer.Write((ulong)tx.Revert);
        }

        writer.Write(witness.Account);
        writer.Write(witness.Token);
        writer.Write((ulong)witness.Trust);
        KnownStateCodec.Write(writer, witness.State);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Decodes a witness.</summary>
    /// <exception cref="EventDecodeException">The bytes are not a valid witness, or have another version.</exception>
    public static CompetitionWitness Decode(ReadOnlySpan<byte> bytes)
    {
        var reader = new MessagePackReader(bytes);
        Expect(ref reader, FieldCount);
        if (reader.ReadUInt64() is var version && version != Version)
        {
            throw new EventDecodeException($"Version {version} of the witness of an examination is not supported: expected {Version}.");
        }

        var chain = new ChainId(reader.ReadUInt64());
        var fork = (Fork)reader.ReadUInt64(max: (ulong)Fork.Amsterdam);
        var header = HeaderCodec.TryDecode(reader.ReadBytes(), out var decoded, out var failure) ? decoded : throw new EventDecodeException($"The header of the block is malformed: {failure}.");
        var transactions = new List<WitnessTransaction>();
        for (int left = reader.ReadArrayHeader(); left > 0; left--)
        {
            Expect(ref reader, 3);
            transactions.Add(new WitnessTransaction(reader.ReadBytes().ToArray(), reader.ReadBoolean(), reader.ReadUInt64()));
        }

        var bundle = new List<BundleTransaction>();
        for (int left = reader.ReadArrayHeader(); left > 0; left--)
        {
            Expect(ref reader, 2);
            bundle.Add(new BundleTransaction(reader.ReadBytes().ToArray(), (RevertPolicy)reader.ReadUInt64(max: (ulong)RevertPolicy.MayRevert)));
        }

        var (account, token, trust) = (reader.ReadAddress(), reader.ReadAddress(), (StateTrust)reader.ReadUInt64(max: (ulong)StateTrust.Verified));
        var state = KnownStateCodec.Read(ref reader);
        return reader.AtEnd
            ? new CompetitionWitness { Chain = chain, Fork = fork, Header = header, Transactions = transactions, Bundle = bundle, Account = account, Token = token, Trust = trust, State = state }
            : throw new EventDecodeException($"The witness has {reader.Remaining} trailing bytes: expected none.");
    }

    private static void Expect(ref MessagePackReader reader, int count)
    {
        if (reader.ReadArrayHeader() is var found && found != count)
        {
            throw new EventDecodeException($"An array of {found} items is not valid in the witness of an examination: expected {count}.");
        }
    }
}
