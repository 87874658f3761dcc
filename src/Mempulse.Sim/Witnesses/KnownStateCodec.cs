using Mempulse.Evm.State;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;
using Mempulse.Sim.Requests;

namespace Mempulse.Sim.Witnesses;

/// <summary>Encodes and decodes the state that an execution read: accounts, slots, codes and block hashes, each by ascending key.</summary>
/// <remarks>Keep in sync with docs/formats/witness.md.</remarks>
public static class KnownStateCodec
{
    /// <summary>Writes four arrays.</summary>
    public static void Write(MessagePackWriter writer, KnownState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        Write(writer, state, WitnessForm.Whole);
    }

    /// <summary>Writes them, with the codes themselves or their hashes.</summary>
    internal static void Write(MessagePackWriter writer, KnownState state, WitnessForm form)
    {
        WriteAccounts(writer, state);
        WriteSlots(writer, state);
        writer.WriteArrayHeader(state.Codes.Count);
        foreach (var (hash, code) in state.Codes)
        {
            if (form == WitnessForm.NamesCodes)
            {
                writer.Write(hash);
            }
            else
            {
                writer.Write(code.Bytes);
            }
        }

        writer.WriteArrayHeader(state.Hashes.Count * 2);
        foreach (var (number, hash) in state.Hashes)
        {
            writer.Write(number);
            writer.Write(hash);
        }
    }

    /// <summary>Reads them.</summary>
    /// <exception cref="EventDecodeException">The bytes are malformed.</exception>
    public static KnownState Read(ref MessagePackReader reader) => Read(ref reader, WitnessForm.Whole, out _);

    /// <summary>Reads them. Codes that are named are not in the state.</summary>
    /// <exception cref="EventDecodeException">The bytes are malformed.</exception>
    internal static KnownState Read(ref MessagePackReader reader, WitnessForm form, out IReadOnlyList<Hash256> named)
    {
        var state = new KnownState();
        ReadAccounts(ref reader, state);
        ReadSlots(ref reader, state);
        var names = new List<Hash256>();
        for (int i = SimRequestCodec.ReadCount(ref reader); i > 0; i--)
        {
            if (form == WitnessForm.NamesCodes)
            {
                names.Add(reader.ReadHash());
            }
            else
            {
                state.Add(ContractCode.Of(reader.ReadBytes()));
            }
        }

        named = names;
        for (int i = SimRequestCodec.ReadCount(ref reader) / 2; i > 0; i--)
        {
            state.Add(reader.ReadUInt64(), reader.ReadHash());
        }

        return state;
    }

    private static void WriteAccounts(MessagePackWriter writer, KnownState state)
    {
        writer.WriteArrayHeader(state.Accounts.Count);
        foreach (var (address, account) in state.Accounts)
        {
            writer.WriteArrayHeader(account is null ? 1 : 5);
            writer.Write(address);
            if (account is { } known)
            {
                writer.Write(known.Balance);
                writer.Write(known.Nonce);
                writer.Write(known.CodeHash);
                writer.Write(known.HasStorage);
            }
        }
    }

    private static void ReadAccounts(ref MessagePackReader reader, KnownState state)
    {
        for (int i = SimRequestCodec.ReadCount(ref reader); i > 0; i--)
        {
            int fields = reader.ReadArrayHeader();
            var address = reader.ReadAddress();
            state.Add(address, fields switch
            {
                1 => null,
                5 => new AccountRecord(reader.ReadUInt256(), reader.ReadUInt64(), reader.ReadHash(), reader.ReadBoolean()),
                _ => throw new EventDecodeException($"{fields} values are not a valid account: expected 1 or 5."),
            });
        }
    }

    private static void WriteSlots(MessagePackWriter writer, KnownState state)
    {
        writer.WriteArrayHeader(state.Slots.Count);
        foreach (var (address, slots) in state.Slots)
        {
            writer.WriteArrayHeader(1 + (slots.Count * 2));
            writer.Write(address);
            foreach (var (slot, value) in slots)
            {
                writer.Write(slot);
                writer.Write(value);
            }
        }
    }

    private static void ReadSlots(ref MessagePackReader reader, KnownState state)
    {
        for (int i = SimRequestCodec.ReadCount(ref reader); i > 0; i--)
        {
            int fields = reader.ReadArrayHeader();
            var address = reader.ReadAddress();
            for (int slot = 0; slot < (fields - 1) / 2; slot++)
            {
                state.Add(address, reader.ReadUInt256(), reader.ReadUInt256());
            }
        }
    }
}
