using Mempulse.Devp2p.Keys;
using Mempulse.Node.Options;

namespace Mempulse.Node.Lanes;

/// <summary>The node's private key on disk: 64 hex digits, readable by its owner only; created on first use.</summary>
internal static class NodeKeyFile
{
    private const string Name = "nodekey";

    /// <summary>The key in a directory.</summary>
    /// <exception cref="NodeUsageException">The file is not a key; it is left unchanged.</exception>
    public static NodeKey LoadOrCreate(string directory)
    {
        string path = Path.Combine(directory, Name);
        if (!File.Exists(path))
        {
            var created = NodeKey.Create();
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            using var writer = new StreamWriter(path, options);
            writer.Write(Convert.ToHexStringLower(created.Export()));
            return created;
        }

        try
        {
            return NodeKey.From(Convert.FromHexString(File.ReadAllText(path).Trim()));
        }
        catch (Exception unreadable) when (unreadable is FormatException or ArgumentException)
        {
            throw new NodeUsageException($"'{path}' is not a valid private key: expected 64 hex digits.", unreadable);
        }
    }
}
