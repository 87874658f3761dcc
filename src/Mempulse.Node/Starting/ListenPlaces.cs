namespace Mempulse.Node.Starting;

/// <summary>Where the node listens.</summary>
/// <param name="Api">The addresses of the API.</param>
/// <param name="SiloPort">The port of the silo on loopback; other silos would connect to it.</param>
internal sealed record ListenPlaces(IReadOnlyList<string> Api, int SiloPort);
