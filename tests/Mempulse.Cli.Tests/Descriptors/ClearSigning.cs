using System.Text.Json;
using Mempulse.Features.Decoding;
using Mempulse.Features.Registry;
using Mempulse.Primitives;

namespace Mempulse.Cli.Tests.Descriptors;

/// <summary>Published descriptors of ERC-7730, and calls with the texts that a wallet shows for them.</summary>
internal static class ClearSigning
{
    /// <summary>The account that makes the calls.</summary>
    public static Address Sender { get; } = Address.Parse("0x00000000000000000000000000000000000000ee");

    /// <summary>Writes the descriptors into a folder.</summary>
    public static void WriteTo(string folder)
    {
        using var files = Read("clear-signing.json.zst");
        foreach (var file in files.RootElement.EnumerateObject())
        {
            string path = Path.Combine(folder, file.Name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, file.Value.GetString());
        }
    }

    /// <summary>The calls.</summary>
    public static IReadOnlyList<WalletCall> Calls()
    {
        using var calls = Read("wallet-calls.json.zst");
        return
        [
            .. calls.RootElement.EnumerateArray().Select(static call => new WalletCall(
                call.GetProperty("call").GetString()!,
                new ChainId(call.GetProperty("chain").GetUInt64()),
                Address.Parse(call.GetProperty("to").GetString()!),
                UInt256.TryParse(call.GetProperty("value").GetString(), out var value) ? value : default,
                Convert.FromHexString(call.GetProperty("data").GetString()!.AsSpan(2)),
                call.GetProperty("shown").GetString()!)),
        ];
    }

    /// <summary>Decodes a call.</summary>
    public static DecodeTree Decode(ContractRegistry registry, WalletCall call)
    {
        var tree = new DecodeTree();
        new CallDecoder(registry).Decode(new CallRequest { Chain = call.Chain, Block = new BlockNumber(ulong.MaxValue), Sender = Sender, Target = call.Target, Value = call.Value, Data = call.Data }, tree);
        return tree;
    }

    private static JsonDocument Read(string name)
    {
        using var decompressor = new ZstdSharp.Decompressor();
        return JsonDocument.Parse(decompressor.Unwrap(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "vectors", "mev", name))).ToArray());
    }
}
