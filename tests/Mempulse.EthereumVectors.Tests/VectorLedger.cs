using System.Collections.Concurrent;

namespace Mempulse.EthereumVectors.Tests;

/// <summary>Records which vector files this run has read, so that an unread file is noticed.</summary>
internal static class VectorLedger
{
    private static readonly ConcurrentDictionary<string, bool> Read = new();

    /// <summary>Names read so far: the archive's path, "!" and the name inside, or the path of a plain file.</summary>
    public static IEnumerable<string> AllRead => Read.Keys.Order(StringComparer.Ordinal);

    public static string NameOf(string archive, string name) => $"{archive}!{name}";

    public static void MarkRead(string name) => Read[name] = true;
}
