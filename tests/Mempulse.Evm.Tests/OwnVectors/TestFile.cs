using System.Text.Json;

namespace Mempulse.Evm.Tests.OwnVectors;

/// <summary>Files that hold tests by their names.</summary>
internal static class TestFile
{
    /// <summary>True when the file has tests, and each has all of these fields.</summary>
    public static bool HasAll(this JsonElement root, params string[] fields) =>
        root.ValueKind == JsonValueKind.Object && root.EnumerateObject().Any()
        && root.EnumerateObject().All(test => test.Value.ValueKind == JsonValueKind.Object && fields.All(field => test.Value.TryGetProperty(field, out _)));
}
