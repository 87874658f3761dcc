using System.Globalization;
using System.Text.Json;
using Mempulse.Primitives;

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

    /// <summary>The chains that an entry is for; chain 1 where it names none.</summary>
    public static IEnumerable<ChainId> ChainsOf(JsonElement entry) =>
        entry.Optional("chains") is { } chains ? chains.EnumerateArray().Select(static chain => new ChainId(chain.GetUInt64())) : [new ChainId(1)];

    /// <summary>The chain that a member is named by.</summary>
    public static ChainId ChainOf(JsonProperty member, string owner) =>
        ulong.TryParse(member.Name, NumberStyles.None, NumberFormatInfo.InvariantInfo, out ulong id)
            ? new ChainId(id)
            : throw new RegistryException($"'{member.Name}' in '{owner}' is not a valid chain id: expected decimal digits.");

    public static Address ParseAddress(string? text, string owner) =>
        Address.TryParse(text, out var address) ? address : throw new RegistryException($"'{text}' of {owner} is not a valid address: expected 0x and 40 hex digits.");

    private static string Excerpt(JsonElement element)
    {
        string text = element.GetRawText();
        return text.Length <= 120 ? text : text[..120] + "...";
    }
}
