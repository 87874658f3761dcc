using System.ComponentModel.DataAnnotations;

namespace Mempulse.Api.Serving;

/// <summary>A key of the API, by its hash: an entry of Mempulse:Api:Keys. The key itself is in no configuration.</summary>
public sealed class ApiKey
{
    /// <summary>Default of <see cref="RequestsPerMinute"/>.</summary>
    public const int DefaultRequestsPerMinute = 600;

    private const string NoHash = "A key in Mempulse:Api:Keys has no valid Sha256: expected the 64 hex digits that 'mempulse key new' prints.";

    /// <summary>Its name, in answers and logs.</summary>
    [Required(ErrorMessage = "A key in Mempulse:Api:Keys has no name: expected Name.")]
    public string? Name { get; set; }

    /// <summary>SHA-256 of the key's text, in hex; "mempulse key new" prints both.</summary>
    [Required(ErrorMessage = NoHash)]
    [RegularExpression("[0-9a-fA-F]{64}", ErrorMessage = NoHash)]
    public string? Sha256 { get; set; }

    /// <summary>What it allows. Default Read.</summary>
    public KeyScope Scope { get; set; } = KeyScope.Read;

    /// <summary>Requests in a minute; more are answered 429 with Retry-After. An open stream or page is one request; the files that the dashboard loads do not count. Default 600.</summary>
    [Range(1, 1_000_000)]
    public int RequestsPerMinute { get; set; } = DefaultRequestsPerMinute;
}
