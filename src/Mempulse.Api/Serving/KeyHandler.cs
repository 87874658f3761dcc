using System.Collections.Frozen;
using System.Net.Http.Headers;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Mempulse.Api.Serving;

/// <summary>Finds the key of a request: as a bearer token, in X-Api-Key, or as the password of basic authentication, which browsers ask for and send with everything, WebSockets too.</summary>
/// <remarks>A key has 256 random bits, so it is looked up by its plain hash: nothing can be guessed, and nothing in the configuration lets anyone in.</remarks>
internal sealed class KeyHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, IOptions<ServingOptions> serving, ILoggerFactory logs, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logs, encoder)
{
    /// <summary>The name of the scheme.</summary>
    public const string Key = "key";

    /// <summary>The type of the claim with the key's <see cref="KeyScope"/>.</summary>
    public const string ScopeClaim = "scope";

    /// <summary>A header with nothing but a key.</summary>
    public const string Header = "X-Api-Key";

    private const string Bearer = "Bearer";
    private const string Basic = "Basic";
    private const string Realm = "realm=\"mempulse\"";

    private readonly FrozenDictionary<string, ApiKey> _keys = serving.Value.Keys.ToFrozenDictionary(static key => key.Sha256!, StringComparer.OrdinalIgnoreCase);

    /// <inheritdoc/>
    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        string? text = TextOf(Request);
        return Task.FromResult(
            text is null ? AuthenticateResult.NoResult()
            : _keys.TryGetValue(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))), out var key) ? AuthenticateResult.Success(TicketOf(key))
            : AuthenticateResult.Fail("The key is not known."));
    }

    /// <inheritdoc/>
    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.StatusCode = StatusCodes.Status401Unauthorized;
        Response.Headers.Append(HeaderNames.WWWAuthenticate, $"{Bearer} {Realm}");
        Response.Headers.Append(HeaderNames.WWWAuthenticate, $"{Basic} {Realm}, charset=\"UTF-8\"");
        return Task.CompletedTask;
    }

    private static string? TextOf(HttpRequest request)
    {
        if (request.Headers.TryGetValue(Header, out var header))
        {
            return header;
        }

        return !AuthenticationHeaderValue.TryParse(request.Headers.Authorization, out var credentials) || credentials.Parameter is not { } parameter ? null
            : credentials.Scheme.Equals(Bearer, StringComparison.OrdinalIgnoreCase) ? parameter
            : credentials.Scheme.Equals(Basic, StringComparison.OrdinalIgnoreCase) ? PasswordOf(parameter)
            : null;
    }

    /// <summary>The password of "user:password" in base64 (RFC 7617); the user does not matter.</summary>
    private static string PasswordOf(string credentials)
    {
        byte[] bytes = new byte[credentials.Length];
        string text = Convert.TryFromBase64String(credentials, bytes, out int length) ? Encoding.UTF8.GetString(bytes, 0, length) : string.Empty;
        return text[(text.IndexOf(':', StringComparison.Ordinal) + 1)..];
    }

    private AuthenticationTicket TicketOf(ApiKey key) => new(
        new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.Name, key.Name!), new Claim(ScopeClaim, key.Scope.ToString())], Scheme.Name)),
        Scheme.Name);
}
