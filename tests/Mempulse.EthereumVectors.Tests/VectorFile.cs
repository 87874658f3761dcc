using System.Text.Json;

namespace Mempulse.EthereumVectors.Tests;

/// <summary>One file of a vector archive, unpacked.</summary>
/// <param name="Name">Path inside the archive.</param>
/// <param name="Content">The file's bytes.</param>
internal sealed record VectorFile(string Name, byte[] Content)
{
    /// <summary>Parses the content; the caller disposes it.</summary>
    public JsonDocument Parse() => JsonDocument.Parse(Content);
}
