using System.Text.Json;
using Mempulse.Ethereum.Hashing;
using Mempulse.Evm.State;
using Mempulse.Evm.Tests.Vectors;
using Mempulse.Primitives;

namespace Mempulse.Evm.Tests.Mainnet;

/// <summary>Prestate of a mainnet block. Unlisted accounts do not exist; reads of code that was not recorded return Missing.</summary>
internal sealed class RecordedState : IStateReader
{
    private readonly SortedDictionary<Address, AccountRecord> _accounts = [];
    private readonly SortedDictionary<Address, SortedDictionary<UInt256, UInt256>> _storage = [];
    private readonly IReadOnlyDictionary<Hash256, ContractCode> _codes;
    private readonly IReadOnlyDictionary<ulong, Hash256> _blockHashes;

    public RecordedState(byte[] json, IReadOnlyDictionary<Hash256, ContractCode> codes, IReadOnlyDictionary<ulong, Hash256> blockHashes)
    {
        _codes = codes;
        _blockHashes = blockHashes;
        using var document = JsonDocument.Parse(json);
        foreach (var entry in document.RootElement.EnumerateObject())
        {
            var address = Address.Parse(entry.Name);
            var slots = new SortedDictionary<UInt256, UInt256>();
            foreach (var slot in entry.Value.GetProperty("storage").EnumerateObject())
            {
                slots.Add(HexJson.Number(slot.Name), HexJson.Number(slot.Value.GetString()!));
            }

            _storage.Add(address, slots);
            _accounts.Add(address, new AccountRecord(
                entry.Value.Number("balance"),
                entry.Value.GetProperty("nonce").GetUInt64(),
                entry.Value.TryGetProperty("code_hash", out var hash) ? Hash256.Parse(hash.GetString()!) : Keccak256.OfNothing,
                slots.Values.Any(value => !value.IsZero)));
        }
    }

    public int Accounts => _accounts.Count;

    public int MissingCodes => _accounts.Values.Select(account => account.CodeHash).Count(hash => hash != Keccak256.OfNothing && !_codes.ContainsKey(hash));

    public ReadOutcome ReadAccount(in Address address, out AccountRecord account) =>
        _accounts.TryGetValue(address, out account) ? ReadOutcome.Found : ReadOutcome.Absent;

    public ReadOutcome ReadStorage(in Address address, in UInt256 slot, out UInt256 value)
    {
        value = _storage[address].GetValueOrDefault(slot);
        return ReadOutcome.Found;
    }

    public ReadOutcome ReadCode(in Address address, in Hash256 codeHash, out ContractCode? code) =>
        _codes.TryGetValue(codeHash, out code) ? ReadOutcome.Found : ReadOutcome.Missing;

    public ReadOutcome ReadBlockHash(ulong number, out Hash256 hash) =>
        _blockHashes.TryGetValue(number, out hash) ? ReadOutcome.Found : ReadOutcome.Missing;
}
