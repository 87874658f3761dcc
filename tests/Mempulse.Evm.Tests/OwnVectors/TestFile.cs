using System.Text.Json;

namespace Mempulse.Evm.Tests.OwnVectors;

/// <summary>Helpers for files that map test names to tests.</summary>
internal static class TestFile
{
    /// <summary>Returns true if the file has at least one test and every test has all of these fields.</summary>
    public static bool HasAll(this JsonElement root, params string[] fields) =>
        root.ValueKind == JsonValueKind.Object && root.EnumerateObject().Any()
        && root.EnumerateObject().All(test => test.Value.ValueKind == JsonValueKind.Object && fields.All(field => test.Value.TryGetProperty(field, out _)));
}
