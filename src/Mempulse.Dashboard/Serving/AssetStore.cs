using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using Mempulse.Dashboard.Design;

namespace Mempulse.Dashboard.Serving;

/// <summary>The files that browsers load, from the resources of this assembly, and the two that are made of the design's tokens.</summary>
/// <remarks>
/// Their addresses contain a digest of all of them, so that browsers may keep them for ever: another build has other addresses. They come from the
/// assembly and not from a folder, so that a build output, a publish and a test host serve the same.
/// </remarks>
internal sealed class AssetStore
{
    private const string ResourcePrefix = "assets/";
    private const string BlazorScript = "blazor.web.js";
    private const int VersionDigits = 8;

    private readonly FrozenDictionary<string, Asset> _assets;

    /// <summary>Reads the resources.</summary>
    public AssetStore(DesignTokens tokens)
    {
        var assembly = typeof(AssetStore).Assembly;
        var files = new SortedDictionary<string, byte[]>(StringComparer.Ordinal)
        {
            ["tokens.css"] = Encoding.UTF8.GetBytes(TokenSheet.Write(tokens)),
        };
        foreach (string resource in assembly.GetManifestResourceNames().Where(static name => name.StartsWith(ResourcePrefix, StringComparison.Ordinal)))
        {
            using var content = assembly.GetManifestResourceStream(resource)!;
            using var bytes = new MemoryStream();
            content.CopyTo(bytes);
            string name = resource[ResourcePrefix.Length..];
            files[name] = Served(name, bytes.ToArray());
        }

        files["sprite.svg"] = Encoding.UTF8.GetBytes(IconSprite.Write(tokens, Encoding.UTF8.GetString(files["controls.svg"])));
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (name, content) in files)
        {
            digest.AppendData(Encoding.UTF8.GetBytes(name));
            digest.AppendData(content);
        }

        Version = Convert.ToHexStringLower(digest.GetHashAndReset())[..VersionDigits];
        _assets = files.ToFrozenDictionary(static file => file.Key, static file => new Asset(file.Value, MediaTypeOf(file.Key)), StringComparer.Ordinal);
    }

    /// <summary>A digest of all files.</summary>
    public string Version { get; }

    /// <summary>The names of the files.</summary>
    public IEnumerable<string> Names => _assets.Keys;

    /// <summary>A file by its name; null if it does not exist.</summary>
    public Asset? Find(string name) => _assets.GetValueOrDefault(name);

    /// <summary>The address of a file.</summary>
    public string UrlOf(string name) => _assets.ContainsKey(name) ? $"/assets/{Version}/{name}" : throw new ArgumentException($"'{name}' is not a file of the dashboard.", nameof(name));

    /// <summary>Our scripts and style sheets lose their comments; uPlot, in its folder, and Blazor's script are as their authors give them.</summary>
    private static byte[] Served(string name, byte[] content) => (name.Contains('/', StringComparison.Ordinal) || name == BlazorScript ? string.Empty : Path.GetExtension(name)) switch
    {
        ".js" => Encoding.UTF8.GetBytes(AssetText.Script(Encoding.UTF8.GetString(content))),
        ".css" => Encoding.UTF8.GetBytes(AssetText.Sheet(Encoding.UTF8.GetString(content))),
        _ => content,
    };

    private static string MediaTypeOf(string name) => Path.GetExtension(name) switch
    {
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".svg" => "image/svg+xml",
        ".woff2" => "font/woff2",
        var other => throw new InvalidOperationException($"Files of type '{other}' are not served: '{name}'."),
    };
}
