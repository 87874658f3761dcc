namespace Mempulse.Testing.Processes;

/// <summary>Keys that stories plant in the environment of the service. No line that it prints may have one.</summary>
public static class PlantedSecrets
{
    /// <summary>The operator's key.</summary>
    public static readonly string OperatorKey = string.Concat(Enumerable.Repeat("43", 32));

    /// <summary>The key that signs requests to relays.</summary>
    public static readonly string RelayKey = string.Concat(Enumerable.Repeat("5e", 32));

    /// <summary>What the collector of telemetry is given as a credential.</summary>
    public const string CollectorKey = "planted-collector-credential";

    /// <summary>Fails if a text has one of them.</summary>
    /// <exception cref="InvalidOperationException">It has; the message does not repeat it.</exception>
    public static void ThrowIfIn(string printed)
    {
        foreach (string secret in new[] { OperatorKey, RelayKey, CollectorKey })
        {
            if (printed.Contains(secret, StringComparison.OrdinalIgnoreCase))
            {
                throw new InvalidOperationException($"The service printed a secret that begins with {secret[..4]}.");
            }
        }
    }
}
