namespace Mempulse.Devp2p.Wire;

/// <summary>A capability: one version of a subprotocol.</summary>
/// <param name="Name">The name, at most 8 ASCII characters.</param>
/// <param name="Version">The version number.</param>
public readonly record struct Capability(string Name, ulong Version)
{
    /// <summary>Formats "NAME/VERSION", for example "eth/68".</summary>
    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Name}/{Version}");
}
