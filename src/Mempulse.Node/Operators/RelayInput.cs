using Mempulse.Builder.Dialects;
using Mempulse.Builder.Requests;
using Mempulse.Builder.Sending;
using Mempulse.Ethereum.Signatures;
using Mempulse.Grains.Bundles;
using Mempulse.Node.Options;

namespace Mempulse.Node.Operators;

/// <summary>Reads the relays that bundles are sent to.</summary>
internal static class RelayInput
{
    /// <summary>Most relays, inclusive.</summary>
    public const int MaxRelays = 64;

    private const int MaxNameLength = 64;

    /// <summary>The relays.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="environment">Reads an environment variable.</param>
    /// <exception cref="NodeUsageException">A setting or a credential is not valid.</exception>
    public static IReadOnlyList<RelayPlan> Of(IReadOnlyList<RelaySettings> settings, Func<string, string?> environment) => settings.Count <= MaxRelays
        ? [.. settings.Select((relay, at) => Of(relay, at, environment))]
        : throw new NodeUsageException($"Mempulse:Relays has {settings.Count} entries: expected at most {MaxRelays}.");

    private static RelayPlan Of(RelaySettings relay, int at, Func<string, string?> environment)
    {
        string place = $"Mempulse:Relays:{at}";
        var dialect = RelayDialects.Find(relay.Dialect ?? string.Empty)
            ?? throw new NodeUsageException($"'{relay.Dialect}' is not a valid {place}:Dialect: expected {string.Join(", ", RelayDialects.All.Select(static known => known.Name))}.");
        string name = relay.Name ?? dialect.Name;
        if (name.Length is 0 or > MaxNameLength || name.Any(static letter => !(char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '-')))
        {
            throw new NodeUsageException($"'{name}' is not a valid {place}:Name: expected 1 to {MaxNameLength} lower-case letters, digits and hyphens.");
        }

        return new RelayPlan(name, dialect, AddressesOf(relay, dialect, place), CredentialOf(relay, dialect, place, environment));
    }

    /// <summary>Bundles are private, so they go over TLS, but for a relay on this machine.</summary>
    private static RelayAddresses AddressesOf(RelaySettings relay, RelayDialect dialect, string place)
    {
        try
        {
            return relay.Url is not { Length: > 0 } text ? RelayAddresses.Of(dialect)
                : Uri.TryCreate(text, UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback)) ? new RelayAddresses(url, url)
                : throw new NodeUsageException($"'{text}' is not a valid {place}:Url: expected https, or http on this machine.");
        }
        catch (DialectException e)
        {
            throw new NodeUsageException($"{e.Message} Set {place}:Url.", e);
        }
    }

    private static RelayCredential? CredentialOf(RelaySettings relay, RelayDialect dialect, string place, Func<string, string?> environment)
    {
        string? secret = relay.CredentialFile is { Length: > 0 } file ? SecretFile.Read(file, $"the credential of {place}")
            : relay.CredentialVariable is { Length: > 0 } variable ? environment(variable) ?? throw new NodeUsageException($"The environment variable {variable} ({place}:CredentialVariable) is not set.")
            : null;
        if (secret is null)
        {
            return null;
        }

        return dialect.Authentication.Scheme switch
        {
            AuthenticationScheme.Token => RelayCredential.OfToken(secret),
            AuthenticationScheme.FlashbotsSignature => RelayCredential.OfSigner(SignerOf(secret, place)),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private static EcdsaSigner SignerOf(string secret, string place)
    {
        var digits = secret.StartsWith("0x", StringComparison.Ordinal) ? secret.AsSpan(2) : secret;
        byte[] key = new byte[EcdsaSigner.KeyBytes];
        try
        {
            return digits.Length == 2 * key.Length && Convert.FromHexString(digits, key, out _, out _) == System.Buffers.OperationStatus.Done
                ? new EcdsaSigner(key)
                : throw new NodeUsageException($"The credential of {place} is not a key: expected 64 hex digits.");
        }
        catch (ArgumentException e)
        {
            throw new NodeUsageException($"The credential of {place} is not a key of secp256k1.", e);
        }
        finally
        {
            Array.Clear(key);
        }
    }
}
