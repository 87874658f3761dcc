using System.Formats.Tar;
using System.Text.Json.Nodes;
using Mempulse.Net.Blocks;
using Mempulse.Primitives;
using ZstdSharp;

namespace Mempulse.Net.Tests.Blocks;

/// <summary>Eleven consecutive mainnet blocks across Pectra, as a node returned them; the source is named beside the archive.</summary>
internal static class RealBlocks
{
    public const ulong First = 22_431_080;

    private static readonly Lazy<SortedDictionary<ulong, JsonObject>> s_blocks = new(Read);

    public static IReadOnlyDictionary<ulong, JsonObject> ByNumber => s_blocks.Value;

    public static JsonObject Last => s_blocks.Value.Values.Last();

    public static JsonObject? Find(string hash) => s_blocks.Value.Values.FirstOrDefault(block => block["hash"]!.GetValue<string>() == hash);

    public static SeenBlock Seen(ulong number) => new(
        new BlockNumber(number),
        Hash256.Parse(ByNumber[number]["hash"]!.GetValue<string>()),
        Hash256.Parse(ByNumber[number]["parentHash"]!.GetValue<string>()));

    private static SortedDictionary<ulong, JsonObject> Read()
    {
        var blocks = new SortedDictionary<ulong, JsonObject>();
        using var packed = File.OpenRead(Path.Combine(FindCheckout(), "tests", "vectors", "mainnet", "blocks-rpc.tar.zst"));
        using var unpacked = new DecompressionStream(packed);
        using var archive = new TarReader(unpacked);
        while (archive.GetNextEntry() is { } entry)
        {
            if (entry.Name.Contains("consecutive_pectra/", StringComparison.Ordinal) && entry.DataStream is { } content)
            {
                var block = JsonNode.Parse(content)!.AsObject();
                blocks.Add(Convert.ToUInt64(block["number"]!.GetValue<string>(), 16), block);
            }
        }

        return blocks;
    }

    private static string FindCheckout()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Mempulse.Orleans.sln")))
        {
            folder = folder.Parent!;
        }

        return folder.FullName;
    }
}
