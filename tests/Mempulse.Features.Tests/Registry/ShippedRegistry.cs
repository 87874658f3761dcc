using Mempulse.Features.Registry;

namespace Mempulse.Features.Tests.Registry;

/// <summary>The registry of this repository.</summary>
internal static class ShippedRegistry
{
    public static byte[] Bytes { get; } = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "registry", "mempulse.json"));

    public static ContractRegistry Value { get; } = RegistryReader.Read(Bytes);
}
