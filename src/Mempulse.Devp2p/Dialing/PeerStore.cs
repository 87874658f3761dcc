using System.Globalization;
using Mempulse.Devp2p.Keys;

namespace Mempulse.Devp2p.Dialing;

/// <summary>Nodes that were peers, on disk: a line "enode://... UNIX-SECONDS" for each, the most recent first.</summary>
/// <remarks>Written whole beside the old file and renamed, so that a crash leaves one or the other. A line that does not read is left out.</remarks>
internal sealed class PeerStore(string path)
{
    private const string NewSuffix = ".new";

    /// <summary>Most lines read and written.</summary>
    public const int MaxNodes = 1024;

    /// <summary>What is stored; nothing when there is no file.</summary>
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

    /// <summary>Replaces what is stored.</summary>
    /// <exception cref="IOException">The disk refuses.</exception>
    public void Save(IEnumerable<(Enode Node, DateTimeOffset LastConnected)> nodes)
    {
        var lines = nodes.OrderByDescending(entry => entry.LastConnected).Take(MaxNodes)
            .Select(entry => string.Create(CultureInfo.InvariantCulture, $"{entry.Node} {entry.LastConnected.ToUnixTimeSeconds()}"));
        File.WriteAllLines(path + NewSuffix, lines);
        File.Move(path + NewSuffix, path, overwrite: true);
    }
}
