using System.Text.Json;
using Mempulse.Evm.State;
using Mempulse.Primitives;

namespace Mempulse.Benchmarks.Evm;

/// <summary>The accounts that a block accesses, in memory.</summary>
internal sealed class MainnetState : IStateReader
{
    private readonly Dictionary<Address, AccountRecord> _accounts = [];
    private readonly Dictionary<(Address, UInt256), UInt256> _slots = [];
    private readonly Dictionary<Hash256, ContractCode> _codes;
    private readonly Dictionary<ulong, Hash256> _blockHashes;

    public MainnetState(JsonElement accounts, Dictionary<Hash256, ContractCode> codes, Dictionary<ulong, Hash256> blockHashes)
    {
        _codes = codes;
        _blockHashes = blockHashes;
        foreach (var entry in accounts.EnumerateObject())
        {
            var address = Address.Parse(entry.Name);
            bool hasStorage = false;
            foreach (var slot in entry.Value.GetProperty("storage").EnumerateObject())
            {
                var value = Number(slot.Value.GetString());
                hasStorage |= !value.IsZero;
                _slots.Add((address, Number(slot.Name)), value);
            }

            var codeHash = entry.Value.TryGetProperty("code_hash", out var hash) ? Hash256.Parse(hash.GetString()!) : ContractCode.Empty.Hash;
            _accounts.Add(address, new AccountRecord(
                Number(entry.Value.GetProperty("balance").GetString()), entry.Value.GetProperty("nonce").GetUInt64(), codeHash, hasStorage));
        }
    }

    /// <inheritdoc/>
    public ReadOutcome ReadAccount(in Address address, out AccountRecord account) =>
        _accounts.TryGetValue(address, out account) ? ReadOutcome.Found : ReadOutcome.Absent;

    /// <inheritdoc/>
    public ReadOutcome ReadStorage(in Address address, in UInt256 slot, out UInt256 value)
    {
        _slots.TryGetValue((address, slot), out value);
        return ReadOutcome.Found;
    }

    /// <inheritdoc/>
    public ReadOutcome ReadCode(in Address address, in Hash256 codeHash, out ContractCode? code) =>
        _codes.TryGetValue(codeHash, out code) ? ReadOutcome.Found : ReadOutcome.Missing;

    /// <inheritdoc/>
    public ReadOutcome ReadBlockHash(ulong number, out Hash256 hash) =>
        _blockHashes.TryGetValue(number, out hash) ? ReadOutcome.Found : ReadOutcome.Missing;

    private static UInt256 Number(string? text) => UInt256.TryParse(text, out var number) ? number : throw new InvalidDataException(text);
}
