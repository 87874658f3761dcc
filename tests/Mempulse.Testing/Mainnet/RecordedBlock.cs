using System.Formats.Tar;
using System.Globalization;
using System.Text.Json;
using Mempulse.Primitives;
using Mempulse.Testing.Contracts;
using ZstdSharp;

namespace Mempulse.Testing.Mainnet;

/// <summary>A mainnet block with the state that its transactions read, as it was before them.</summary>
public sealed class RecordedBlock
{
    private readonly Dictionary<Address, (string CodeHash, Dictionary<UInt256, UInt256> Slots)> _accounts = [];
    private readonly Dictionary<string, byte[]> _codes = new(StringComparer.Ordinal);

    private RecordedBlock(JsonElement block) => Time = Number(block.GetProperty("timestamp").GetString()!).LowUInt64;

    /// <summary>The time of the block in Unix seconds.</summary>
    public ulong Time { get; }

    /// <summary>Reads a block.</summary>
    /// <param name="folder">The folder of the archives: tests/vectors/mainnet.</param>
    /// <param name="number">The height of the block.</param>
    public static RecordedBlock Read(string folder, ulong number)
    {
        string place = string.Create(CultureInfo.InvariantCulture, $"blocks/{number}/");
        var files = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        using var tar = new TarReader(new DecompressionStream(File.OpenRead(Path.Combine(folder, "blocks-with-prestate.tar.zst")), leaveOpen: false));
        while (tar.GetNextEntry() is { } entry)
        {
            string name = entry.Name.StartsWith("./", StringComparison.Ordinal) ? entry.Name[2..] : entry.Name;
            if (entry.DataStream is { } data && (name == "codes.json" || name.StartsWith(place, StringComparison.Ordinal)))
            {
                using var copy = new MemoryStream();
                data.CopyTo(copy);
                files.Add(name, copy.ToArray());
            }
        }

        using var block = JsonDocument.Parse(files[place + "block.json"]);
        var recorded = new RecordedBlock(block.RootElement);
        using var state = JsonDocument.Parse(files[place + "pre_state.json"]);
        foreach (var account in state.RootElement.EnumerateObject())
        {
            recorded._accounts.Add(Address.Parse(account.Name), (
                account.Value.TryGetProperty("code_hash", out var hash) ? hash.GetString()! : string.Empty,
                account.Value.GetProperty("storage").EnumerateObject().ToDictionary(static slot => Number(slot.Name), static slot => Number(slot.Value.GetString()!))));
        }

        using var codes = JsonDocument.Parse(files["codes.json"]);
        var used = recorded._accounts.Values.Select(static account => account.CodeHash).ToHashSet(StringComparer.Ordinal);
        foreach (var code in codes.RootElement.EnumerateObject().Where(code => used.Contains(code.Name)))
        {
            recorded._codes.Add(code.Name, Convert.FromHexString(code.Value.GetString()!.AsSpan(2)));
        }

        return recorded;
    }

    /// <summary>A slot that a transaction read; null if none did.</summary>
    public UInt256? SlotOf(in Address address, in UInt256 slot) =>
        _accounts.TryGetValue(address, out var account) && account.Slots.TryGetValue(slot, out var value) ? value : null;

    /// <summary>Puts all contracts with their storage into a scene.</summary>
    public void PutInto(ContractScene scene)
    {
        ArgumentNullException.ThrowIfNull(scene);
        CopyTo((address, code) => scene.Put(address, code), scene.Set);
    }

    /// <summary>Gives all contracts and their storage to a state.</summary>
    /// <param name="putCode">Receives the code of each contract.</param>
    /// <param name="setSlot">Receives each slot with its value.</param>
    public void CopyTo(Action<Address, byte[]> putCode, Action<Address, UInt256, UInt256> setSlot)
    {
        ArgumentNullException.ThrowIfNull(putCode);
        ArgumentNullException.ThrowIfNull(setSlot);
        foreach (var (address, account) in _accounts)
        {
            if (_codes.TryGetValue(account.CodeHash, out byte[]? code))
            {
                putCode(address, code);
            }

            foreach (var (slot, value) in account.Slots)
            {
                setSlot(address, slot, value);
            }
        }
    }

    private static UInt256 Number(string hex) => UInt256.TryParse(hex, out var value) ? value : throw new InvalidDataException($"{hex} is not a number.");
}
