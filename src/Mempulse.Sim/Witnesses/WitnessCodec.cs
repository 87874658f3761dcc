using Mempulse.Evm.State;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;
using Mempulse.Sim.Outcomes;
using Mempulse.Sim.Requests;

namespace Mempulse.Sim.Witnesses;

/// <summary>Encodes and decodes witnesses; the digest of a witness is the Keccak-256 of its bytes.</summary>
/// <remarks>Keep in sync with docs/formats/witness.md. Everything is sorted, so equal witnesses have equal bytes.</remarks>
public static class WitnessCodec
{
    /// <summary>Encodes a witness in its form.</summary>
    public static byte[] Encode(Witness witness)
    {
        var buffer = new ByteBuffer();
        var writer = new MessagePackWriter(buffer);
        writer.WriteArrayHeader(8);
        writer.Write((ulong)witness.Form);
        SimRequestCodec.Write(writer, witness.Request);
        writer.Write((ulong)witness.Trust);
        KnownStateCodec.Write(writer, witness.State, witness.Form);
        WriteUnmade(writer, witness.Unmade);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Decodes a witness.</summary>
    /// <param name="bytes">Its bytes.</param>
    /// <param name="codeOf">Returns a code by its hash, for a witness that names codes; null if it is not known.</param>
    /// <exception cref="EventDecodeException">The bytes are not a valid witness or have another version, or a code is not known.</exception>
    public static Witness Decode(ReadOnlySpan<byte> bytes, Func<Hash256, ReadOnlyMemory<byte>?> codeOf)
    {
        ArgumentNullException.ThrowIfNull(codeOf);
        var witness = Read(bytes, out var named);
        for (int i = 0; i < named.Count; i++)
        {
            var code = ContractCode.Of((codeOf(named[i]) ?? throw new EventDecodeException($"The witness names code {named[i]}, which is not there.")).Span);
            witness.State.Add(code.Hash == named[i] ? code : throw new EventDecodeException($"The witness names code {named[i]}: the code that was read is {code.Hash}."));
        }

        return witness;
    }

    /// <summary>Decodes a witness that has its code itself.</summary>
    /// <exception cref="EventDecodeException">The bytes are not a valid witness, have another version, or name code.</exception>
    public static Witness Decode(ReadOnlySpan<byte> bytes) => Decode(bytes, static _ => null);

    /// <summary>Returns the request of a witness, whose code need not be known.</summary>
    /// <exception cref="EventDecodeException">The bytes are not a valid witness, or have another version.</exception>
    public static SimRequest RequestOf(ReadOnlySpan<byte> bytes) => Read(bytes, out _).Request;

    /// <summary>Returns the hashes of the codes that a witness names, ascending; empty if it has its code itself.</summary>
    /// <exception cref="EventDecodeException">The bytes are not a valid witness, or have another version.</exception>
    public static IReadOnlyList<Hash256> CodesOf(ReadOnlySpan<byte> bytes)
    {
        Read(bytes, out var named);
        return named;
    }

    private static Witness Read(ReadOnlySpan<byte> bytes, out IReadOnlyList<Hash256> named)
    {
        var reader = new MessagePackReader(bytes);
        SimRequestCodec.Expect(ref reader, 8);
        if (reader.ReadUInt64() is var version && version is not ((ulong)WitnessForm.Whole or (ulong)WitnessForm.NamesCodes))
        {
            throw new EventDecodeException($"Witness version {version} is not supported: expected {(int)WitnessForm.Whole} or {(int)WitnessForm.NamesCodes}.");
        }

        var request = SimRequestCodec.Read(ref reader);
        var trust = (StateTrust)reader.ReadUInt64(max: (ulong)StateTrust.Verified);
        var state = KnownStateCodec.Read(ref reader, (WitnessForm)version, out named);
        var unmade = reader.TryReadNil() ? null : ReadUnmade(ref reader);
        return reader.AtEnd
            ? new Witness(request, state, trust) { Form = (WitnessForm)version, Unmade = unmade }
            : throw new EventDecodeException($"The witness has {reader.Remaining} trailing bytes: expected none.");
    }

    /// <summary>Writes nil if executed, an empty array for too many rounds, (address, slot) if unproven, or (address, slot, detail) for a mismatch.</summary>
    private static void WriteUnmade(MessagePackWriter writer, SimOutcome? unmade)
    {
        switch (unmade)
        {
            case null:
                writer.WriteNil();
                break;
            case SimOutcome.StateMismatch mismatch:
                writer.WriteArrayHeader(3);
                writer.Write(mismatch.Address);
                SimRequestCodec.WriteOptional(writer, mismatch.Slot);
                writer.Write(mismatch.Detail);
                break;
            case SimOutcome.StateMissing { Gap: StateGap.OfAccount account }:
                writer.WriteArrayHeader(2);
                writer.Write(account.Address);
                writer.WriteNil();
                break;
            case SimOutcome.StateMissing { Gap: StateGap.OfSlot slot }:
                writer.WriteArrayHeader(2);
                writer.Write(slot.Address);
                writer.Write(slot.Slot);
                break;
            default:
                writer.WriteArrayHeader(0);
                break;
        }
    }

    private static SimOutcome ReadUnmade(ref MessagePackReader reader) => reader.ReadArrayHeader() switch
    {
        0 => new SimOutcome.LimitExceeded(SimLimit.Fetches, 0),
        2 => new SimOutcome.StateMissing(ReadGap(reader.ReadAddress(), reader.TryReadNil() ? null : reader.ReadUInt256())) { Cause = GapCause.NotProven },
        3 => new SimOutcome.StateMismatch(
            reader.ReadAddress(), reader.TryReadNil() ? null : reader.ReadUInt256(), reader.ReadString() ?? string.Empty),
        int count => throw new EventDecodeException($"{count} values are not a valid reason why nothing was executed: expected 0, 2 or 3."),
    };

    private static StateGap ReadGap(in Address address, UInt256? slot) =>
        slot is { } known ? new StateGap.OfSlot(address, known) : new StateGap.OfAccount(address);
}
