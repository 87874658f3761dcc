using System.Globalization;
using System.Text.Json;
using Mempulse.ChainState.Recorded;
using Mempulse.Ethereum.Blocks;
using Mempulse.Ethereum.Forks;
using Mempulse.Ethereum.Hashing;
using Mempulse.Evm.State;
using Mempulse.Primitives;
using Mempulse.Sim.Requests;
using Mempulse.Sim.Witnesses;

namespace Mempulse.Cli.Captures.Making;

/// <summary>Reads what blocks touched of the states that they were built on. What a file does not list stays unknown.</summary>
internal sealed class PrestateReader(JsonElement codes, JsonElement blockHashes)
{
    /// <summary>Blocks whose hashes a transaction can read.</summary>
    private const ulong HashWindow = 256;

    /// <summary>Reads the prestate of a block.</summary>
    public RecordedBlock Read(BlockHeader header, JsonElement prestate)
    {
        var state = new KnownState();
        foreach (var account in prestate.EnumerateObject())
        {
            Add(state, Address.Parse(account.Name), account.Value);
        }

        ulong number = header.Number.Value;
        foreach (var hash in blockHashes.EnumerateObject())
        {
            ulong at = ulong.Parse(hash.Name, CultureInfo.InvariantCulture);
            if (at < number && number - at <= HashWindow)
            {
                state.Add(at, Hash256.Parse(hash.Value.GetString()!));
            }
        }

        state.Add(number - 1, header.ParentHash);
        return new RecordedBlock(BlockOf(header), state);
    }

    private void Add(KnownState state, in Address address, JsonElement account)
    {
        bool hasStorage = false;
        foreach (var slot in account.GetProperty("storage").EnumerateObject())
        {
            var value = Number(slot.Value.GetString());
            hasStorage |= !value.IsZero;
            state.Add(address, Number(slot.Name), value);
        }

        var codeHash = account.TryGetProperty("code_hash", out var stated) ? Hash256.Parse(stated.GetString()!) : Keccak256.OfNothing;
        state.Add(address, new AccountRecord(Number(account.GetProperty("balance").GetString()), account.GetProperty("nonce").GetUInt64(), codeHash, hasStorage || codeHash != Keccak256.OfNothing));
        if (codeHash != Keccak256.OfNothing && codes.TryGetProperty(codeHash.ToString(), out var code))
        {
            state.Add(ContractCode.Of(Convert.FromHexString(code.GetString()!.AsSpan(2))));
        }
    }

    /// <summary>The block as it was really built, before its first transaction. Its system calls are left out, because prestates lack their contracts.</summary>
    private static SimBlock BlockOf(BlockHeader header) => new(
        header.ParentHash,
        MainnetForks.At(header.Number.Value, header.TimestampSeconds),
        MainnetForks.ChainId,
        header.Number.Value,
        header.TimestampSeconds,
        header.FeeRecipient,
        header.GasLimit.Value,
        header.BaseFeePerGas?.Value ?? default,
        header.Difficulty,
        header.MixHash,
        header.ExcessBlobGas?.Value ?? 0)
    {
        BaseNumber = header.Number.Value - 1,
        Start = BlockStart.Begun,
    };

    private static UInt256 Number(string? text) => UInt256.TryParse(text, out var value) ? value : throw new UsageException($"'{text}' is not a valid number of a prestate: expected 0x and hex digits.");
}
