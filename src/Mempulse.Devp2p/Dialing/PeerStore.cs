using System.Globalization;
using Mempulse.Devp2p.Keys;

namespace Mempulse.Devp2p.Dialing;

/// <summary>A file of former peers: one line "enode://... UNIX-SECONDS" each, most recent first.</summary>
/// <remarks>Saving writes a new file and renames it over the old one, so a crash leaves one or the other. Loading skips malformed lines.</remarks>
internal sealed class PeerStore(string path)
{
    private const string NewSuffix = ".new";

    /// <summary>Maximum number of lines read or written.</summary>
    public const int MaxNodes = 1024;

    /// <summary>Returns the stored nodes; empty when the file does not exist.</summary>
    public IReadOnlyList<(Enode Node, DateTimeOffset LastConnected)> Load()
    {
        var nodes = new List<(Enode, DateTimeOffset)>();
        if (!File.Exists(path))
        {
            return nodes;
        }

        foreach (string line in File.ReadLines(path).Take(MaxNodes))
        {
            string[] fields = line.Split(' ');
            if (fields.Length == 2
                && Enode.TryParse(fields[0], out var node)
                && uint.TryParse(fields[1], NumberStyles.None, CultureInfo.InvariantCulture, out uint seconds))
            {
                nodes.Add((node, DateTimeOffset.FromUnixTimeSeconds(seconds)));
            }
        }

        return nodes;
    }

    /// <summary>Replaces the stored nodes.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Save(IEnumerable<(Enode Node, DateTimeOffset LastConnected)> nodes)
    {
        var lines = nodes.OrderByDescending(entry => entry.LastConnected).Take(MaxNodes)
            .Select(entry => string.Create(CultureInfo.InvariantCulture, $"{entry.Node} {entry.LastConnected.ToUnixTimeSeconds()}"));
        File.WriteAllLines(path + NewSuffix, lines);
        File.Move(path + NewSuffix, path, overwrite: true);
    }
}
