using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Mempulse.Evm.State;
using Mempulse.Primitives;

namespace Mempulse.Benchmarks.Evm;

/// <summary>A state in memory that can be loaded into all three machines: the accounts that one call reads.</summary>
internal sealed class CallState : IStateReader
{
    private readonly Dictionary<Address, Entry> _accounts = [];

    /// <summary>A state of one contract.</summary>
    public static CallState Of(Address contract, byte[] code)
    {
        var state = new CallState();
        state._accounts[contract] = new Entry(new AccountRecord(UInt256.One, 1, ContractCode.Of(code).Hash, false), ContractCode.Of(code), []);
        return state;
    }

    /// <summary>The accounts that a call reads according to a node's prestateTracer.</summary>
    public static CallState FromPrestate(JsonElement prestate)
    {
        var state = new CallState();
        foreach (var account in prestate.EnumerateObject())
        {
            var code = account.Value.TryGetProperty("code", out var hex) ? ContractCode.Of(Bytes(hex.GetString()!)) : ContractCode.Empty;
            var slots = new Dictionary<UInt256, UInt256>();
            if (account.Value.TryGetProperty("storage", out var storage))
            {
                foreach (var slot in storage.EnumerateObject())
                {
                    slots[Number(slot.Name)] = Number(slot.Value.GetString()!);
                }
            }

            ulong nonce = account.Value.TryGetProperty("nonce", out var number) ? number.GetUInt64() : 0;
            var balance = account.Value.TryGetProperty("balance", out var wei) ? Number(wei.GetString()!) : default;
            state._accounts[Address.Parse(account.Name)] = new Entry(new AccountRecord(balance, nonce, code.Hash, slots.Count > 0), code, slots);
        }

        return state;
    }

    /// <summary>The accounts as JSON: balance, nonce, code and storage in hex by address.</summary>
    public JsonObject ToJson()
    {
        var accounts = new JsonObject();
        foreach (var (address, entry) in _accounts)
        {
            accounts[address.ToString()] = new JsonObject
            {
                ["balance"] = Hex(entry.Record.Balance),
                ["nonce"] = entry.Record.Nonce,
                ["code"] = "0x" + Convert.ToHexStringLower(entry.Code.Bytes),
                ["storage"] = new JsonObject(entry.Slots.Select(slot => KeyValuePair.Create(Hex(slot.Key), (JsonNode?)Hex(slot.Value)))),
            };
        }

        return accounts;
    }

    /// <inheritdoc/>
    public ReadOutcome ReadAccount(in Address address, out AccountRecord account)
    {
        bool isFound = _accounts.TryGetValue(address, out var entry);
        account = entry.Record;
        return isFound ? ReadOutcome.Found : ReadOutcome.Absent;
    }

    /// <inheritdoc/>
    public ReadOutcome ReadStorage(in Address address, in UInt256 slot, out UInt256 value)
    {
        value = _accounts.TryGetValue(address, out var entry) ? entry.Slots.GetValueOrDefault(slot) : default;
        return ReadOutcome.Found;
    }

    /// <inheritdoc/>
    public ReadOutcome ReadCode(in Address address, in Hash256 codeHash, out ContractCode? found)
    {
        found = _accounts[address].Code;
        return ReadOutcome.Found;
    }

    /// <inheritdoc/>
    public ReadOutcome ReadBlockHash(ulong number, out Hash256 hash)
    {
        hash = default;
        return ReadOutcome.Found;
    }

    private static byte[] Bytes(string hex) => Convert.FromHexString(hex.AsSpan(2));

    private static UInt256 Number(string hex) =>
        UInt256.TryParse(hex, out var number) ? number : throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"'{hex}' is not a valid number."));

    private static string Hex(in UInt256 value)
    {
        Span<byte> bytes = stackalloc byte[UInt256.Size];
        value.WriteBigEndian(bytes);
        return "0x" + Convert.ToHexStringLower(bytes);
    }

    private readonly record struct Entry(AccountRecord Record, ContractCode Code, Dictionary<UInt256, UInt256> Slots);
}
