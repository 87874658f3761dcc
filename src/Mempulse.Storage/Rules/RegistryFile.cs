using Mempulse.Features.Registry;

namespace Mempulse.Storage.Rules;

/// <summary>A registry file that was read and is valid.</summary>
/// <param name="Path">The file.</param>
/// <param name="Content">Its bytes.</param>
/// <param name="Registry">What they say.</param>
public sealed record RegistryFile(string Path, ReadOnlyMemory<byte> Content, ContractRegistry Registry)
{
    /// <summary>The registry that is shipped beside the program.</summary>
    public static string Shipped => System.IO.Path.Combine(AppContext.BaseDirectory, "registry", "mempulse.json");

    /// <summary>The file's name without its directory.</summary>
    public string Name => System.IO.Path.GetFileName(Path);

    /// <summary>Reads a file.</summary>
    /// <exception cref="RegistryException">It is not a registry; the message names the file.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static RegistryFile Read(string path)
    {
        try
        {
            using var file = File.OpenHandle(path);
            long size = RandomAccess.GetLength(file);
            byte[] content = new byte[Math.Min(size, RegistryReader.MaxFileBytes + 1L)]; // one more is too large, as the reader says
            int read = 0;
            while (read < content.Length && RandomAccess.Read(file, content.AsSpan(read), read) is var part and > 0)
            {
                read += part;
            }

            return new RegistryFile(path, content.AsMemory(0, read), RegistryReader.Read(content.AsMemory(0, read)));
        }
        catch (RegistryException e)
        {
            throw new RegistryException($"Cannot use the registry {path}: {e.Message}", e);
        }
    }
}
