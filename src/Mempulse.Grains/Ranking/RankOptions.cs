using System.ComponentModel.DataAnnotations;
using Mempulse.Features.Scoring;

namespace Mempulse.Grains.Ranking;

/// <summary>Options of scores: the section Mempulse:Ranking.</summary>
public sealed class RankOptions : IValidatableObject
{
    /// <summary>The profile that scores by the value that is to be expected.</summary>
    public const string DefaultProfile = "expected-value";

    /// <summary>How opportunities are scored, and transactions where a request names no profile: expected-value, or parity for the formulas of the original project. Default expected-value.</summary>
    [Required]
    public string Profile { get; set; } = DefaultProfile;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (RankProfile.Find(Profile) is null)
        {
            yield return new ValidationResult(
                $"'{Profile}' is not a valid profile: expected one of {string.Join(", ", RankProfile.All.Select(static profile => profile.Id))}.", [nameof(Profile)]);
        }
    }
}
