using System.Formats.Tar;
using System.Globalization;
using System.Text.Json;
using ZstdSharp;

namespace Mempulse.Determinism.Tests;

/// <summary>The real blocks of the shipped capture, as other projects recorded them from JSON-RPC.</summary>
internal static class MainnetBlocks
{
    /// <summary>The transactions of each block in order, by height.</summary>
    public static SortedDictionary<ulong, List<MainnetTx>> Read()
    {
        var blocks = new SortedDictionary<ulong, List<MainnetTx>>();
        using var packed = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "vectors", "mainnet", "blocks-rpc.tar.zst"));
        using var unpacked = new DecompressionStream(packed);
        using var archive = new TarReader(unpacked);
        while (archive.GetNextEntry() is { } entry)
        {
            if (entry.Name.Contains("consecutive_pectra/", StringComparison.Ordinal) && entry.DataStream is { } content)
            {
                using var block = JsonDocument.Parse(content);
                blocks.Add(Number(block.RootElement, "number"), [.. block.RootElement.GetProperty("transactions").EnumerateArray().Select(Of)]);
            }
        }

        return blocks;
    }

    private static MainnetTx Of(JsonElement tx) =>
        new(tx.GetProperty("hash").GetString()!, tx.GetProperty("from").GetString()!, Number(tx, "nonce"), (int)Number(tx, "type"));

    private static ulong Number(JsonElement of, string name) => ulong.Parse(of.GetProperty(name).GetString().AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}

/// <summary>A transaction as the node of those days described it.</summary>
internal sealed record MainnetTx(string Hash, string From, ulong Nonce, int Type);
