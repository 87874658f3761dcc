using System.Collections.Concurrent;
using System.Formats.Tar;
using System.Text;
using System.Text.Json;
using ZstdSharp;

namespace Mempulse.Devp2p.Tests.Vectors;

/// <summary>The vector files, with a record of which this run has read.</summary>
internal static class DevP2pVectors
{
    private const string Archive = "tests/vectors/devp2p/devp2p.tar.zst";
    private static readonly Lazy<Dictionary<string, byte[]>> Files = new(Load);
    private static readonly ConcurrentDictionary<string, bool> ReadNames = new();

    public static IEnumerable<string> Names => Files.Value.Keys;

    public static bool IsRead(string name) => ReadNames.ContainsKey(name);

    public static byte[] Bytes(string name)
    {
        ReadNames[name] = true;
        return Files.Value[name];
    }

    public static JsonDocument Json(string name) => JsonDocument.Parse(Bytes(name));

    /// <summary>Returns the items of one array over all JSON files whose path starts with <paramref name="kind"/>, in the archive or beside it.</summary>
    public static IReadOnlyList<JsonElement> Items(string kind, string array)
    {
        var items = new List<JsonElement>();
        foreach (string name in Names.Where(name => name.StartsWith(kind, StringComparison.Ordinal) && name.EndsWith(".json", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var json = Json(name);
            if (json.RootElement.TryGetProperty(array, out var found))
            {
                items.AddRange(found.EnumerateArray().Select(static item => item.Clone()));
            }
        }

        return items;
    }

    /// <summary>Reads a file of hex digits.</summary>
    public static byte[] HexFile(string name) => Hex(Encoding.ASCII.GetString(Bytes(name)).Trim());

    public static byte[] Hex(string? text) => Convert.FromHexString(text!.StartsWith("0x", StringComparison.Ordinal) ? text[2..] : text);

    public static byte[] Hex(JsonElement element) => Hex(element.GetString());

    /// <summary>Finds a file of the checkout from which these tests were built.</summary>
    public static string FindInCheckout(string path)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string candidate = Path.Combine(folder.FullName, path);
            if (File.Exists(candidate))
            {
                return candidate;
            }
        }

        throw new FileNotFoundException($"Cannot find '{path}': it is in no folder above {AppContext.BaseDirectory}.");
    }

    private static Dictionary<string, byte[]> Load()
    {
        var files = new Dictionary<string, byte[]>();
        using var packed = new DecompressionStream(File.OpenRead(FindInCheckout(Archive)), leaveOpen: false);
        using var tar = new TarReader(packed);
        while (tar.GetNextEntry() is { } entry)
        {
            if (entry.EntryType is TarEntryType.RegularFile or TarEntryType.V7RegularFile)
            {
                using var content = new MemoryStream();
                entry.DataStream?.CopyTo(content);
                files[entry.Name] = content.ToArray();
            }
        }

        string folder = Path.GetDirectoryName(FindInCheckout(Archive))!;
        foreach (string path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(static path => !path.EndsWith(".zst", StringComparison.Ordinal) && !path.EndsWith(".md", StringComparison.Ordinal)))
        {
            files[Path.GetRelativePath(folder, path).Replace(Path.DirectorySeparatorChar, '/')] = File.ReadAllBytes(path);
        }

        return files;
    }
}
