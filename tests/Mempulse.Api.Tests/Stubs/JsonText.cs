using System.Text.Json;

namespace Mempulse.Api.Tests.Stubs;

/// <summary>Compares an answer as a whole: every member, by name and value, and no other.</summary>
internal static class JsonText
{
    public static void AssertIs(JsonElement actual, string expected)
    {
        using var document = JsonDocument.Parse(expected);
        Assert.True(JsonElement.DeepEquals(document.RootElement, actual), actual.GetRawText());
    }
}
