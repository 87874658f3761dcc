namespace Mempulse.Devp2p.Wire;

/// <summary>A subprotocol in one version, as nodes offer it.</summary>
/// <param name="Name">At most 8 ASCII characters.</param>
/// <param name="Version">Its version.</param>
public readonly record struct Capability(string Name, ulong Version)
{
    /// <summary>"eth/68".</summary>
    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Name}/{Version}");
}
