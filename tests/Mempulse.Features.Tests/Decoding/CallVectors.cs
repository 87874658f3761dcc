using System.Text.Json;

namespace Mempulse.Features.Tests.Decoding;

/// <summary>The packed calls beside the tests.</summary>
internal static class CallVectors
{
    public static JsonDocument Read(string name)
    {
        using var decompressor = new ZstdSharp.Decompressor();
        return JsonDocument.Parse(decompressor.Unwrap(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "vectors", "mev", name))).ToArray());
    }

    public static byte[] Bytes(JsonElement element, string name) => Convert.FromHexString(element.GetProperty(name).GetString()!.AsSpan(2));
}
