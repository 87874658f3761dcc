using System.Text.Json;

namespace Mempulse.Features.Registry;

/// <summary>Members of a registry's JSON, with messages that name what is missing.</summary>
internal static class RegistryJson
{
    public static JsonElement Required(this JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) ? value : throw new RegistryException($"'{name}' is missing in {Excerpt(element)}.");

    public static JsonElement? Optional(this JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value : null;

    public static string Text(this JsonElement element, string name) =>
        element.Required(name).GetString() ?? throw new RegistryException($"'{name}' is null in {Excerpt(element)}.");

    public static IEnumerable<JsonElement> Items(this JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) ? value.EnumerateArray() : [];

    public static IEnumerable<JsonProperty> Members(this JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) ? value.EnumerateObject() : [];

    private static string Excerpt(JsonElement element)
    {
        string text = element.GetRawText();
        return text.Length <= 120 ? text : text[..120] + "...";
    }
}
