using Mempulse.Evm.Tests.Vectors;

namespace Mempulse.Evm.Tests.OwnVectors;

/// <summary>Enumerates the files of an archive, or of a folder recursively, including those of the archives in it.</summary>
internal static class VectorSource
{
    private const string Packed = ".tar.zst";

    /// <summary>Yields the name and content of each file.</summary>
    /// <exception cref="DirectoryNotFoundException"><paramref name="path"/> is neither a folder nor an archive.</exception>
    public static IEnumerable<KeyValuePair<string, byte[]>> Read(string path)
    {
        if (File.Exists(path) && path.EndsWith(Packed, StringComparison.Ordinal))
        {
            return VectorArchive.ReadFile(path).Select(file => KeyValuePair.Create($"{path}/{file.Key}", file.Value));
        }

        return Directory.Exists(path)
            ? Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).SelectMany(ReadFile)
            : throw new DirectoryNotFoundException($"'{path}' is neither a folder nor a {Packed} archive.");
    }

    private static IEnumerable<KeyValuePair<string, byte[]>> ReadFile(string file) =>
        file.EndsWith(Packed, StringComparison.Ordinal) ? Read(file) : [KeyValuePair.Create(file.Replace('\\', '/'), File.ReadAllBytes(file))];
}
