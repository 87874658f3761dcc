using System.ComponentModel.DataAnnotations;

namespace Mempulse.Canon.Fencing;

/// <summary>The times of a writer's lease. All silos of a cluster need the same.</summary>
public sealed class LeaseOptions : IValidatableObject
{
    /// <summary>How long a writer may write after the last renewal that succeeded, and how long another one waits for a renewal before it takes the log. Default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan Duration { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Time between two renewals. Default 2 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:05:00")]
    public TimeSpan RenewalPeriod { get; set; } = TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (RenewalPeriod * 2 > Duration)
        {
            yield return new ValidationResult($"RenewalPeriod ({RenewalPeriod}) must be at most half of Duration ({Duration}), so that one renewal may fail.");
        }
    }
}
